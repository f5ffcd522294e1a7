import { expect, test } from 'vitest';
import { haruka, type User } from '../../shared/user.ts';
import { DeleteAfterCommit } from './delete-after-commit.ts';
import { death, early, setUp } from './races.ts';

const pro: User = { ...haruka, plan: 'pro' };

test('a reader who is done before the commit does no harm', async () => {
  expect(await early(DeleteAfterCommit)).toBe('fresh');
});

// #region reproduction
test('a reader slower than the write puts the old row back', async () => {
  const { clock, table, process } = setUp(DeleteAfterCommit);
  const writer = process();
  const reader = process();
  const writing = writer.set('haruka', pro);
  await clock.advance(18);
  const reading = reader.get('haruka');
  await clock.until(writing);
  await clock.until(reading);
  expect(table.peek('haruka')).toEqual(pro);
  expect(await clock.until(writer.get('haruka'))).toEqual(haruka);
});
// #endregion reproduction

test('it stays until it expires', async () => {
  const { clock, process } = setUp(DeleteAfterCommit);
  const writing = process().set('haruka', pro);
  await clock.advance(18);
  await clock.until(Promise.all([writing, process().get('haruka')]));
  await clock.advance(59_998);
  expect(await clock.until(process().get('haruka'))).toEqual(haruka);
  await clock.advance(1);
  expect(await clock.until(process().get('haruka'))).toEqual(pro);
});

test('a process that dies after its commit deletes nothing', async () => {
  expect(await death(DeleteAfterCommit)).toBe('stale');
});
