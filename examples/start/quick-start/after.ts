import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMain } from '../../shared/main.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { JsonFileStore } from './json-file-store.ts';

export async function demo(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'page-views-'));
  const file = path.join(folder, 'page-views.json');
  try {
    // #region use
    const store = new JsonFileStore<number>(file);
    const views = new WriteBehindCache({ store, maxDelayMs: 60_000 });

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
    const { persisted, abandoned } = await views.close();
    print(`closed:        ${persisted} rows written, ${abandoned.length} left`);
    print(`in the file:   /pricing ${await store.read('/pricing')}`);
    print(`               /docs    ${await store.read('/docs')}`);
    // #endregion use
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (isMain('start/quick-start/after')) void demo(console.log);
