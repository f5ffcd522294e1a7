import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readPage } from '../mdx/page.ts';
import { sourceHash } from './source-hash.ts';
import { temporarySite } from './temporary-site.ts';
import { changesSince } from './what-changed.ts';

const file = 'docs/start/page.mdx';
const accepted = `---
title: Page
description: A page.
---

Opening.

## Kept {#kept}

The same.

## Reworded {#reworded}

Before.

## Removed {#removed}

Gone.
`;
const edited = accepted
  .replace('The same.', 'The\nsame.')
  .replace('Before.', 'After.')
  .replace('## Removed {#removed}', '## Added {#added}');

it('names the sections that changed, and the commit to compare with', async () => {
  const site = repository(accepted);
  const stamp = sourceHash(await readPageOf(site));
  write(site, edited);
  commit(site);
  write(site, edited.replace('A page.', 'The page.'));

  const changes = await changesSince(site, await readPageOf(site), stamp);

  expect(changes?.sections).toEqual([
    'the opening',
    'Reworded',
    'Added (new)',
    'Removed (removed)',
  ]);
  const shown = git(site, 'show', `${changes?.commit}:${file}`);
  expect(shown).toBe(accepted);
});

it('does not know when the history does not', async () => {
  const site = repository(accepted);
  const page = await readPageOf(site);
  expect(await changesSince(site, page, '0123456789ab')).toBeUndefined();
});

it('does not know without a history', async () => {
  const site = temporarySite({ [file]: accepted });
  const page = await readPageOf(site);
  expect(await changesSince(site, page, sourceHash(page))).toBeUndefined();
});

function repository(text: string): string {
  const site = temporarySite({ [file]: text });
  git(site, 'init', '--quiet');
  commit(site);
  return site;
}

function commit(site: string): void {
  git(site, 'add', '.');
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  git(site, ...author, 'commit', '--quiet', '--message', 'Write');
}

function git(site: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: site, encoding: 'utf8' });
}

function write(site: string, text: string): void {
  fs.writeFileSync(path.join(site, file), text);
}

function readPageOf(site: string) {
  return readPage(site, 'en', 'start/page');
}
