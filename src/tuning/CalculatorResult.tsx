import type { JSX, ReactNode } from 'react';
import type { WritePlan } from '../../examples/production/tuning/plan-writes.ts';
import { ScrollingTable } from '../components/ScrollingTable.tsx';
import { keysText, resultTexts } from './texts.ts';

export function CalculatorResult({
  plan,
  locale,
}: {
  plan: WritePlan;
  locale: string;
}): JSX.Element {
  const texts = resultTexts();
  return (
    <ScrollingTable className="calculator__result">
      <caption>{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.value}</th>
        </tr>
      </thead>
      <tbody>
        {optionRows(plan, locale)}
        {effectRows(plan, locale)}
      </tbody>
    </ScrollingTable>
  );
}

function optionRows({ options }: WritePlan, locale: string): ReactNode {
  const { retry, ...sizes } = options;
  const rows = {
    ...sizes,
    'retry.attempts': retry.attempts,
    'retry.maxDelayMs': retry.maxDelayMs,
  };
  return Object.entries(rows).map(([name, value]) => (
    <Row key={name} name={<code translate="no">{name}</code>}>
      {value.toLocaleString(locale)}
    </Row>
  ));
}

function effectRows(plan: WritePlan, locale: string): ReactNode {
  const texts = resultTexts();
  const inDigits = (value: number, options?: Intl.NumberFormatOptions) =>
    value.toLocaleString(locale, { maximumSignificantDigits: 3, ...options });
  const exact = (value: number) => value.toLocaleString(locale);
  return (
    <>
      <Row name={texts.usualLoss}>{keysText(exact(plan.usualLoss))}</Row>
      <Row name={texts.worstLoss}>{keysText(exact(plan.worstLoss))}</Row>
      <Row name={texts.batchRows}>{exact(plan.batchRows)}</Row>
      <Row name={texts.databaseShare}>
        {inDigits(plan.databaseShare, {
          style: 'percent',
          maximumSignificantDigits: 2,
        })}
      </Row>
      <Row name={texts.pendingBytes}>
        {inDigits(plan.pendingBytes / 2 ** 20)} MiB
      </Row>
      <Row name={texts.recovery}>{inDigits(plan.recoveryMs / 1000)} s</Row>
    </>
  );
}

function Row({
  name,
  children,
}: {
  name: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}
