import {
  Children,
  Fragment,
  isValidElement,
  type JSX,
  type PropsWithChildren,
  useId,
} from 'react';
import '../css/side-by-side.css';

interface Props {
  /** What pages call it. */
  readonly of: string;
  /** One above each snippet. */
  readonly labels: readonly [string, string];
}

/**
 * Two snippets: side by side where there is room, else behind two tabs. It is
 * the style that decides, and radio buttons that are the tabs, so that it works
 * without JavaScript and with the keyboard.
 */
export function SideBySide({
  of,
  labels,
  children,
}: PropsWithChildren<Props>): JSX.Element {
  const id = useId();
  const panes = Children.toArray(children).filter(isValidElement);
  if (panes.length !== labels.length) {
    throw new Error(
      `expected ${labels.length} fences in <${of}>, and found ${panes.length}`,
    );
  }
  return (
    <div className="side-by-side">
      <fieldset className="side-by-side__grid">
        <legend>{labels.join(' / ')}</legend>
        {labels.map((label, index) => (
          <Fragment key={label}>
            <input
              id={`${id}${index}`}
              type="radio"
              name={id}
              defaultChecked={index === 0}
            />
            <label htmlFor={`${id}${index}`}>{label}</label>
          </Fragment>
        ))}
        {panes.map((pane) => (
          <div key={pane.key} className="side-by-side__pane">
            {pane}
          </div>
        ))}
      </fieldset>
    </div>
  );
}
