import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import useIsBrowser from '@docusaurus/useIsBrowser';
import { type JSX, useId, useState } from 'react';
import { CalculatorField } from './CalculatorField.tsx';
import { CalculatorResult } from './CalculatorResult.tsx';
import './calculator.css';
import {
  exampleForm,
  type FieldName,
  type Form,
  fieldNames,
  outcomeOf,
} from './form.ts';
import { LossUnitChoice } from './LossUnitChoice.tsx';
import { statusOf } from './status.ts';
import { withoutScriptsText } from './texts.ts';

/** Numbers in, options out. Without JavaScript it is a worked example. */
export function Calculator(): JSX.Element {
  const [form, setForm] = useState<Form>(exampleForm);
  const { currentLocale } = useDocusaurusContext().i18n;
  const isBrowser = useIsBrowser();
  const statusId = useId();
  const outcome = outcomeOf(form);
  const isWrong = (name: FieldName) =>
    'wrong' in outcome
      ? outcome.wrong.includes(name)
      : 'unreachable' in outcome && outcome.unreachable === name;
  const type = (name: FieldName, text: string) =>
    setForm({ ...form, texts: { ...form.texts, [name]: text } });
  return (
    <div className="calculator">
      <noscript>
        <p>{withoutScriptsText()}</p>
      </noscript>
      <fieldset className="calculator__fields" disabled={!isBrowser}>
        {fieldNames.map((name) => (
          <CalculatorField
            key={name}
            name={name}
            text={form.texts[name]}
            isDisabled={name === 'loss' && form.lossUnit === 'none'}
            problem={isWrong(name) ? statusId : undefined}
            onType={(text) => type(name, text)}
          >
            {name === 'loss' && (
              <LossUnitChoice
                unit={form.lossUnit}
                onChoose={(lossUnit) => setForm({ ...form, lossUnit })}
              />
            )}
          </CalculatorField>
        ))}
      </fieldset>
      <p id={statusId} role="status" className="calculator__status">
        {statusOf(outcome, currentLocale)}
      </p>
      {'plan' in outcome && (
        <CalculatorResult plan={outcome.plan} locale={currentLocale} />
      )}
    </div>
  );
}
