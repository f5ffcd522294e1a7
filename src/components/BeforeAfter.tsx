import { translate } from '@docusaurus/Translate';
import {
  Children,
  Fragment,
  isValidElement,
  type JSX,
  type PropsWithChildren,
  useId,
} from 'react';
import '../css/before-after.css';

/**
 * Two snippets: side by side where there is room, else behind two tabs. It is
 * the style that decides, and radio buttons that are the tabs, so that it works
 * without JavaScript and with the keyboard.
 */
export function BeforeAfter({ children }: PropsWithChildren): JSX.Element {
  const id = useId();
  const panes = Children.toArray(children).filter(isValidElement);
  const labels = [
    translate({
      id: 'dirtyBit.beforeAfter.before',
      message: 'Before',
      description: 'Above the code as it was',
    }),
    translate({
      id: 'dirtyBit.beforeAfter.after',
      message: 'After',
      description: 'Above the code as it has become',
    }),
  ];
  if (panes.length !== labels.length) {
    throw new Error(
      `expected two fences in <BeforeAfter>, and found ${panes.length}`,
    );
  }
  return (
    <div className="before-after">
      <fieldset className="before-after__grid">
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
          <div key={pane.key} className="before-after__pane">
            {pane}
          </div>
        ))}
      </fieldset>
    </div>
  );
}
