import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { demo, openViews } from './after.ts';

test('what the store never took is kept in a file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dead-letters-'));
  const letters = path.join(folder, 'dead-letters.jsonl');
  const refusal = Object.assign(new Error('too long'), { permanent: true });
  try {
    const views = openViews(
      { read: async () => undefined, write: () => Promise.reject(refusal) },
      letters,
    );
    await views.set('/docs', 1);
    await views.set('/pricing', 2);
    const { deadLettered, abandoned } = await views.close();
    expect(deadLettered).toHaveLength(2);
    expect(abandoned).toEqual([]);
    const lines = (await readFile(letters, 'utf8')).trim().split('\n');
    // They are appended side by side.
    expect(lines.sort().map((line) => JSON.parse(line))).toMatchObject([
      { key: '/docs', value: 1, error: 'Error: too long' },
      { key: '/pricing', value: 2, error: 'Error: too long' },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
