import { expect, test } from 'vitest';
import { isHopeless, type Operation, PartialWriteError } from './store.ts';

const lamp = { type: 'delete', key: 'lamp', version: 1 } as const;
const chair = { type: 'delete', key: 'chair', version: 2 } as const;
const both: readonly Operation<string, number>[] = [lamp, chair];

test.each([
  ['none', {}, [], false],
  ['all', { permanent: true }, both, true],
  ['one', { hopeless: [lamp] }, [lamp], false],
  ['each', { hopeless: both }, both, true],
])(
  'of a batch that fails in part, %s may be hopeless',
  (_, options, hopeless, permanent) => {
    const error = new PartialWriteError(both, options);
    expect(error).toMatchObject({ failed: both, hopeless, permanent });
    expect(both.filter(({ key }) => isHopeless(error, key))).toEqual(hopeless);
  },
);

test('an error of another copy of the class may name none', () => {
  const name = 'PartialWriteError';
  const older = Object.assign(new Error(), { name, failed: both });
  expect(isHopeless(older, 'lamp')).toBe(false);
  Object.assign(older, { permanent: true });
  expect(isHopeless(older, 'lamp')).toBe(true);
  expect(isHopeless(older, 'rug')).toBe(false);
});

test('any other error names none', () => {
  const error = Object.assign(new Error('down'), { permanent: true });
  expect(isHopeless(error, 'lamp')).toBe(false);
});
