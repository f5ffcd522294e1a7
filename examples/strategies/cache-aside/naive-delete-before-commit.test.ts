import { expect, test } from 'vitest';
import { haruka, type User } from '../../shared/user.ts';
import { DeleteAfterCommit } from './delete-after-commit.ts';
import { DeleteBeforeCommit } from './naive-delete-before-commit.ts';
import { early, setUp } from './races.ts';

const pro: User = { ...haruka, plan: 'pro' };

// #region reproduction
test('a reader who comes before the commit caches the old row', async () => {
  const { clock, table, process } = setUp(DeleteBeforeCommit);
  const writer = process();
  const reader = process();
  const writing = writer.set('haruka', pro);
  await clock.advance(2);
  await clock.until(reader.get('haruka'));
  await clock.until(writing);
  expect(table.peek('haruka')).toEqual(pro);
  expect(await clock.until(writer.get('haruka'))).toEqual(haruka);
});
// #endregion reproduction

test('deleting after the commit takes that row away again', async () => {
  expect(await early(DeleteBeforeCommit)).toBe('stale');
  expect(await early(DeleteAfterCommit)).toBe('fresh');
});
