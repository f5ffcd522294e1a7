import type { JSX } from 'react';
import { type LossUnit, lossUnits } from './form.ts';
import { lossUnitHead, lossUnitTexts } from './texts.ts';

export function LossUnitChoice({
  unit,
  onChoose,
}: {
  unit: LossUnit;
  onChoose: (unit: LossUnit) => void;
}): JSX.Element {
  const texts = lossUnitTexts();
  const choose = (value: string) => {
    const chosen = lossUnits.find((known) => known === value);
    if (chosen !== undefined) onChoose(chosen);
  };
  return (
    <select
      value={unit}
      aria-label={lossUnitHead()}
      onChange={({ target }) => choose(target.value)}
    >
      {lossUnits.map((known) => (
        <option key={known} value={known}>
          {texts[known]}
        </option>
      ))}
    </select>
  );
}
