import { type JSX, type ReactNode, useId } from 'react';
import { type FieldName, fields } from './form.ts';
import { fieldTexts } from './texts.ts';

interface Props {
  readonly name: FieldName;
  readonly text: string;
  readonly isDisabled: boolean;
  /** The id of what says so, where the number is in the way. */
  readonly problem: string | undefined;
  readonly onType: (text: string) => void;
  /** What stands beside the input. */
  readonly children: ReactNode;
}

export function CalculatorField(props: Props): JSX.Element {
  const { name, text, isDisabled, problem, onType, children } = props;
  const id = useId();
  const { least, most } = fields[name];
  return (
    <div className="calculator__field">
      <label htmlFor={id}>{fieldTexts()[name]}</label>
      <span className="calculator__input">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          step="any"
          min={least}
          max={most}
          value={text}
          disabled={isDisabled}
          aria-invalid={problem !== undefined}
          aria-describedby={problem}
          onChange={({ target }) => onType(target.value)}
        />
        {children}
      </span>
    </div>
  );
}
