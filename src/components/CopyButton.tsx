import { translate } from '@docusaurus/Translate';
import { type JSX, type RefObject, useEffect, useState } from 'react';

interface Props {
  /** Its text is what is copied. */
  readonly source: RefObject<HTMLElement | null>;
}

type Outcome = 'copied' | 'selected';

const messageDurationMs = 2000;

/** Without JavaScript it is not there: the style hides it until it works. */
export function CopyButton({ source }: Props): JSX.Element {
  const [outcome, setOutcome] = useState<Outcome>();

  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), messageDurationMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const { current } = source;
    if (current !== null) setOutcome(await copyText(current));
  };

  const message = outcome && messageOf(outcome);
  return (
    <>
      <button type="button" className="copy" onClick={copy}>
        {message ??
          translate({
            id: 'dirtyBit.copy',
            message: 'Copy',
            description: 'The button that copies the code of a snippet',
          })}
      </button>
      <span role="status" className="copy__outcome">
        {message}
      </span>
    </>
  );
}

/** A browser may refuse the clipboard; then the reader has one key to press. */
async function copyText(element: HTMLElement): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(element.textContent ?? '');
    return 'copied';
  } catch (error) {
    console.warn(error);
    window.getSelection()?.selectAllChildren(element);
    return 'selected';
  }
}

function messageOf(outcome: Outcome): string {
  return outcome === 'copied'
    ? translate({
        id: 'dirtyBit.copy.done',
        message: 'Copied',
        description: 'Said when the code of a snippet was copied',
      })
    : translate({
        id: 'dirtyBit.copy.selected',
        message: 'Selected, press Ctrl+C',
        description: 'Said when the browser did not let the page copy',
      });
}
