import { describe, expect, it } from 'vitest';
import { type Page, parsePage } from '../mdx/page.ts';
import { sectionsOf, sourceHash } from './source-hash.ts';

const page = `---
title: Write-behind
description: Later, in batches.
---

# Write-behind {#write-behind}

A cache that **acknowledges at once**, and writes later
([how](../start/introduction.mdx)).

- one
- two

| Cost | Size |
| ---- | ---- |
| loss | some |

\`\`\`ts example="strategies/write-behind/after.ts" region="service"
\`\`\`

\`\`\`mermaid
flowchart LR
  accTitle: A write
  a[Cache] --> b[Store]
\`\`\`

## When {#when}

Seldom.
`;

async function read(text: string): Promise<Page> {
  return parsePage({ id: 'page', locale: 'en', file: 'docs/page.mdx', text });
}

async function hashWith(from: string | RegExp, to: string): Promise<string> {
  const changed = page.replace(from, to);
  expect(changed).not.toBe(page);
  return sourceHash(await read(changed));
}

describe('the hash of a page stays the same when', () => {
  it.each([
    ['line endings change', /\n/g, '\r\n'],
    ['spaces trail', 'acknowledges at once', 'acknowledges at   once'],
    [
      'a paragraph is wrapped elsewhere',
      'and writes later\n',
      'and writes\nlater ',
    ],
    ['emphasis is written with other signs', /\*\*/g, '__'],
    ['items are set apart', '- one\n', '- one\n\n'],
    ['a table is aligned', '| Cost | Size |', '| Cost      |   Size |'],
    ['a comment is added', 'Seldom.', '{/* to do */}\n\nSel{/* ! */}dom.'],
    [
      'a comment is added to a diagram',
      '  a[Cache]',
      '  %% later\n\n  a[Cache]',
    ],
    ['a diagram is indented', '  a[Cache]', '      a[Cache]'],
    ['the page moves in the sidebar', 'title:', 'sidebar_position: 3\ntitle:'],
  ])('%s', async (_, from, to) => {
    expect(await hashWith(from, to)).toBe(sourceHash(await read(page)));
  });
});

describe('the hash of a page changes with', () => {
  it.each([
    ['its title', 'title: Write-behind', 'title: Write-back'],
    ['its description', 'Later, in batches.', 'Later.'],
    ['its text', 'Seldom.', 'Often.'],
    ['emphasis', '**acknowledges at once**', 'acknowledges at once'],
    ['the level of a heading', '## When', '### When'],
    ['the id of a heading', '{#when}', '{#when-to}'],
    ['the target of a link', 'introduction.mdx', 'quick-start.mdx'],
    ['the code that a fence shows', 'region="service"', 'region="demo"'],
    ['a diagram', 'a[Cache] --> b[Store]', 'a[Cache] --- b[Store]'],
    ['a cell', '| loss | some |', '| loss | much |'],
    ['the order of what it says', '- one\n- two', '- two\n- one'],
  ])('%s', async (_, from, to) => {
    expect(await hashWith(from, to)).not.toBe(sourceHash(await read(page)));
  });
});

it('is short enough to stand in the front matter', async () => {
  expect(sourceHash(await read(page))).toMatch(/^[0-9a-f]{12}$/);
});

it('divides a page at its headings', async () => {
  const sections = sectionsOf(await read(page));
  expect(sections.map(({ id, title }) => [id, title])).toEqual([
    ['', 'the opening'],
    ['write-behind', 'Write-behind'],
    ['when', 'When'],
  ]);
});
