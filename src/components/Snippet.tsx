import { translate } from '@docusaurus/Translate';
import { type JSX, useId, useRef } from 'react';
import { IslandHtml } from '../islands/IslandHtml.tsx';
import type { Island } from '../islands/island.ts';
import type { RenderedCode } from '../snippets/render.ts';
import '../css/code.css';
import '../css/snippet.css';
import { CopyButton } from './CopyButton.tsx';
import { SnippetCaption, type SnippetSource } from './SnippetCaption.tsx';
import { useOverflow } from './use-overflow.ts';

interface Props extends SnippetSource {
  readonly island: Island & Omit<RenderedCode, 'html'>;
}

/** Code that was highlighted when the site was built, and where it is from. */
export function Snippet({ island, ...source }: Props): JSX.Element {
  const caption = useId();
  const unfold = useId();
  const box = useRef<HTMLPreElement>(null);
  const scrolls = useOverflow(box) && {
    role: 'group',
    tabIndex: 0,
    'aria-labelledby': caption,
  };
  return (
    <figure
      className="snippet"
      data-example={source.example}
      data-region={source.region}
    >
      <figcaption>
        <SnippetCaption id={caption} {...source} />
        <CopyButton source={box} />
      </figcaption>
      {island.folds && (
        <>
          <input id={unfold} type="checkbox" className="snippet__unfold" />
          <label htmlFor={unfold}>
            {translate({
              id: 'dirtyBit.snippet.unfold',
              message: 'Show folded lines',
              description: 'Shows the lines of a snippet that are folded away',
            })}
          </label>
        </>
      )}
      <pre ref={box} translate="no" {...scrolls}>
        <IslandHtml
          as="code"
          className="code"
          style={{ minHeight: `calc(${island.height} * var(--code-line))` }}
          island={island}
          unavailable={translate({
            id: 'dirtyBit.snippet.unavailable',
            message: 'The code could not be loaded. Reload the page to see it.',
            description: 'Shown in place of code that could not be fetched',
          })}
        />
      </pre>
    </figure>
  );
}
