import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMain } from '../../shared/main.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { JsonFileStore } from './json-file-store.ts';

// #region open
export function openViews(store: Store<string, number>, letters: string) {
  return new WriteBehindCache({
    store,
    maxDelayMs: 60_000,
    retry: { attempts: 20 },
    // A line for each operation that was given up, for somebody to look into.
    onDeadLetter: ({ operation, error }) => {
      const letter = { ...operation, error: String(error) };
      return appendFile(letters, `${JSON.stringify(letter)}\n`);
    },
  });
}
// #endregion open

export async function demo(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'page-views-'));
  const file = path.join(folder, 'page-views.json');
  const letters = path.join(folder, 'dead-letters.jsonl');
  try {
    // #region use
    const store = new JsonFileStore<number>(file);
    const views = openViews(store, letters);

    const visit = (page: string) =>
      views.update(page, (count) => (count ?? 0) + 1);
    for (let visitor = 1; visitor <= 1000; visitor++) {
      await visit('/pricing');
      if (visitor % 4 === 0) await visit('/docs');
    }

    print(`in the cache:  /pricing ${await views.get('/pricing')}`);
    const stored = (await store.read('/pricing')) ?? 'nothing yet';
    print(`in the file:   /pricing ${stored}`);

    // At the end of the process: refuse writes, and drain what is pending.
    const { persisted, deadLettered, abandoned } = await views.close();
    print(`closed:        ${persisted} rows written`);
    print(`               ${deadLettered.length} given up`);
    print(`               ${abandoned.length} left when the time was over`);
    print(`in the file:   /pricing ${await store.read('/pricing')}`);
    print(`               /docs    ${await store.read('/docs')}`);
    // #endregion use
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (isMain('start/quick-start/after')) void demo(console.log);
