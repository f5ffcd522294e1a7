import { expect, test } from 'vitest';
import { InMemoryCounterJournal } from './in-memory-counter-journal.ts';

const batch = (node: string, number: number) => ({ node, number });

test('it holds one sum a counter and batch', async () => {
  const journal = new InMemoryCounterJournal();
  await journal.append(batch('a', 1), { key: '/lamp', by: 1 });
  await journal.append(batch('a', 2), { key: '/lamp', by: 5 });
  await journal.append(batch('a', 1), { key: '/lamp', by: 2 });
  expect(await journal.replay()).toEqual([
    { id: batch('a', 1), additions: [{ key: '/lamp', by: 3 }] },
    { id: batch('a', 2), additions: [{ key: '/lamp', by: 5 }] },
  ]);
});

test('it forgets a batch with the earlier ones of its node, and no others', async () => {
  const journal = new InMemoryCounterJournal();
  for (const id of [batch('a', 1), batch('a', 2), batch('a', 3), batch('b', 1)])
    await journal.append(id, { key: '/lamp', by: 1 });
  await journal.settle(batch('a', 2));
  const ids = (await journal.replay()).map(({ id }) => id);
  expect(ids).toEqual([batch('a', 3), batch('b', 1)]);
});
