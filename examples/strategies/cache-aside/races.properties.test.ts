import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeleteAfterCommit } from './delete-after-commit.ts';
import type { FormClass } from './form.ts';
import { type Action, readsAreNotOld } from './interleavings.ts';
import { Leases } from './leases.ts';
import { DeleteBeforeCommit } from './naive-delete-before-commit.ts';
import { Versions } from './versions.ts';

const inForm = (Form: FormClass, actions: readonly Action[]) =>
  readsAreNotOld((table, cache) => new Form(table, cache, 60_000), actions);

async function expectToHold(Form: FormClass, ...actions: Action[]) {
  await fc.assert(inForm(Form, actions), { numRuns: 1000 });
}

async function expectToFail(Form: FormClass, ...actions: Action[]) {
  // The seed is fixed: whether it is found must not be luck.
  const seeded = { seed: 1, numRuns: 2000 };
  const { counterexample } = await fc.check(inForm(Form, actions), seeded);
  expect(counterexample).not.toBeNull();
}

test('a delete before the commit leaves an old row in some order', async () => {
  await expectToFail(DeleteBeforeCommit, 'set', 'get');
});

test('so does a delete after the commit', async () => {
  await expectToFail(DeleteAfterCommit, 'set', 'get');
});

test('versions leave none, as long as the cache forgets nothing', async () => {
  await expectToHold(Versions, 'set', 'get');
  await expectToFail(Versions, 'set', 'get', 'restart');
});

test('leases leave none, though the cache restarts', async () => {
  await expectToHold(Leases, 'set', 'get', 'restart');
});

test('leases leave one where only a write that succeeds removes', async () => {
  await expectToFail(Leases, 'set', 'get', 'lose an answer');
});
