import { expect, test } from 'vitest';
import { planWrites } from '../../examples/production/tuning/plan-writes.ts';
import {
  exampleForm,
  type FieldName,
  type Form,
  isLeast,
  type LossUnit,
  outcomeOf,
  reachable,
} from './form.ts';

function formWith(
  texts: Partial<Record<FieldName, string>>,
  lossUnit: LossUnit = 'keys',
): Form {
  return { texts: { ...exampleForm.texts, ...texts }, lossUnit };
}

test('the worked example is a plan', () => {
  expect(outcomeOf(exampleForm)).toEqual({
    plan: planWrites({
      ...{ writesPerSecond: 200, repeatedShare: 0.2, rowBytes: 600 },
      ...{ databaseMs: 8.1, rowMs: 0.1, loss: { keys: 2000 } },
      ...{ outageMs: 8000, memoryBytes: 64 * 2 ** 20 },
    }),
  });
});

test('a loss may be given in seconds, or be none at all', () => {
  const seconds = outcomeOf(formWith({ loss: '10' }, 'seconds'));
  expect(seconds).toHaveProperty('plan.worstLoss', expect.any(Number));
  const none = outcomeOf(formWith({ loss: '' }, 'none'));
  expect(none).toHaveProperty('plan.worstLoss', 0);
});

test.each<[Partial<Record<FieldName, string>>, FieldName[]]>([
  [{ writesPerSecond: '' }, ['writesPerSecond']],
  [{ writesPerSecond: 'many', rowMs: '-1' }, ['writesPerSecond', 'rowMs']],
  [{ repeatedShare: '100' }, ['repeatedShare']],
  [{ rowBytes: '1.5' }, ['rowBytes']],
  [{ rowMs: '9' }, ['rowMs']],
  [{ loss: '1.5' }, ['loss']],
  [{ outageMs: 'Infinity' }, ['outageMs']],
  [{ memoryBytes: '0' }, ['memoryBytes']],
])('in %j the wrong fields are named', (texts, wrong) => {
  expect(outcomeOf(formWith(texts))).toEqual({ wrong });
});

test.each<[Partial<Record<FieldName, string>>, LossUnit, FieldName]>([
  [{ writesPerSecond: '100000', loss: '100000' }, 'keys', 'writesPerSecond'],
  [{ loss: '2', outageMs: '0' }, 'keys', 'loss'],
  [{ loss: '0.01', outageMs: '0' }, 'seconds', 'loss'],
  [{ outageMs: '600' }, 'keys', 'outageMs'],
  [{ memoryBytes: '1' }, 'keys', 'memoryBytes'],
])(
  'in %j with a loss in %s, %s is in the way, and has a limit',
  (texts, unit, name) => {
    const form = formWith(texts, unit);
    const outcome = outcomeOf(form);
    if (!('unreachable' in outcome)) throw new Error('it can be reached');
    expect(outcome.unreachable).toBe(name);
    const { unreachable, limit } = outcome;
    const mended = { [name]: String(reachable(unreachable, limit)) };
    expect(outcomeOf(formWith({ ...texts, ...mended }, unit))).toHaveProperty(
      'plan',
    );
    expect(isLeast(unreachable)).toBe(
      name === 'loss' || name === 'memoryBytes',
    );
  },
);
