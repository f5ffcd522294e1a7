import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '../mdx/page.ts';
import { accept } from './accept.ts';
import { check } from './check.ts';
import { readLocales } from './locale-state.ts';
import { sourceHash } from './source-hash.ts';
import { status } from './status.ts';
import { temporarySite } from './temporary-site.ts';

const ja = 'i18n/ja/docusaurus-plugin-content-docs/current';

const introduction = `---
title: Introduction
description: What it is.
---

# Introduction {#introduction}

It is a guide.
`;
const translated = `---
title: はじめに
description: これが何かを説明します。
---

# はじめに {#introduction}

これは手引きです。
`;

describe('accepting', () => {
  it('stamps the pages, and leaves the rest of them alone', async () => {
    const site = temporarySite({
      'docs/start/introduction.mdx': introduction,
      [`${ja}/start/introduction.mdx`]: translated,
    });
    const hash = sourceHash(await readPage(site, 'en', 'start/introduction'));

    expect(await accept(site, 'ja', ['start/introduction'])).toEqual({
      ok: true,
      text: 'start/introduction is accepted',
    });
    expect(readTranslation(site, 'start/introduction')).toBe(
      translated.replace('。\n---', `。\nsourceHash: '${hash}'\n---`),
    );
    expect(await accept(site, 'ja', ['start/introduction'])).toEqual({
      ok: true,
      text: 'start/introduction was accepted before',
    });
  });

  it('refuses a page that breaks other rules, and says which', async () => {
    const broken = translated.replace('{#introduction}', '{#hajimeni}');
    const site = temporarySite({
      'docs/start/introduction.mdx': introduction,
      'docs/start/other.mdx': introduction,
      [`${ja}/start/introduction.mdx`]: broken,
      [`${ja}/start/other.mdx`]: translated,
    });
    const { ok, text } = await accept(site, 'ja', [
      'start/introduction',
      'start/other',
    ]);
    expect(ok).toBe(false);
    expect(text).toContain(
      'start/introduction is not accepted, because of heading-ids:',
    );
    expect(text).toContain('start/other is accepted');
    expect(readTranslation(site, 'start/introduction')).toBe(broken);
  });

  it('without a page lists those that await a review', async () => {
    const site = temporarySite({
      'docs/start/introduction.mdx': introduction,
      'docs/start/other.mdx': introduction,
      'docs/start/untranslated.mdx': introduction,
      [`${ja}/start/introduction.mdx`]: translated.replace(/# .*\n/, ''),
      [`${ja}/start/other.mdx`]: translated,
    });
    expect(await accept(site, 'ja', [])).toEqual({
      ok: true,
      text: `These pages await a review. Read one against docs/….mdx, then:
npm run translations -- accept ja <page …>

  start/introduction  (1 problem to mend first)
  start/other`,
    });
  });

  it('says so when no page awaits a review', async () => {
    expect(await accept(temporarySite({}), 'ja', [])).toEqual({
      ok: true,
      text: 'No page in ja awaits a review.',
    });
  });

  it.each([
    [
      'start/introductoin',
      'expected a page, such as start/introduction, strategies/write-behind, and got `start/introductoin`',
    ],
    [
      'strategies/write-behind',
      `expected ${ja}/strategies/write-behind.mdx, and there is no such file: strategies/write-behind has no translation to accept`,
    ],
  ])('refuses what there is not: %s', async (id, message) => {
    const site = temporarySite({
      'docs/start/introduction.mdx': introduction,
      'docs/strategies/write-behind.mdx': introduction,
      [`${ja}/start/introduction.mdx`]: translated,
    });
    await expect(accept(site, 'ja', [id])).rejects.toThrow(message);
  });
});

describe('a site in the middle of its translation', () => {
  const files = {
    'docusaurus.config.js': `module.exports = {
      title: 'Fixture',
      url: 'http://localhost',
      baseUrl: '/',
      i18n: { defaultLocale: 'en', locales: ['en', 'vi', 'ja'] },
      plugins: [
        ['@docusaurus/plugin-content-docs', { sidebarPath: './sidebars.js' }],
      ],
    };`,
    'sidebars.js': `module.exports = {
      docs: [{
        type: 'category',
        key: 'start',
        label: 'Start here',
        items: ['start/introduction'],
      }],
    };`,
    'src/Button.jsx': `import { translate } from '@docusaurus/Translate';
      export const label = translate({ id: 'button', message: 'Press me' });
      export const done = translate({ id: 'done', message: 'It is done' });`,
    'examples/after.ts': '// Waits for nobody.\nexport const delay = 0;\n',
    'docs/start/introduction.mdx': introduction,
    'docs/start/quick-start.mdx': `${introduction}
\`\`\`ts example="after.ts"
\`\`\`
`,
    'docs/start/stale.mdx': introduction,
    'docs/start/fresh.mdx': introduction,
    [`${ja}/start/introduction.mdx`]: translated,
    [`${ja}/start/quickstart.mdx`]: translated,
    [`${ja}/start/stale.mdx`]: translated.replace(
      '---\n\n',
      "sourceHash: '0123456789ab'\n---\n\n",
    ),
    [`${ja}/start/fresh.mdx`]: translated,
    'i18n/ja/code.json': JSON.stringify({
      button: { message: '押す' },
      gone: { message: 'さようなら' },
    }),
  };

  async function site(): Promise<string> {
    const folder = temporarySite(files);
    fs.symlinkSync(
      path.resolve(import.meta.dirname, '../../node_modules'),
      path.join(folder, 'node_modules'),
    );
    await accept(folder, 'ja', ['start/fresh']);
    return folder;
  }

  it('is shown as it stands, and fails the check', {
    // Docusaurus reads the source of its theme for its labels.
    timeout: 30_000,
  }, async () => {
    const folder = await site();
    const states = await readLocales(folder, ['ja']);

    const shown = await status(folder, states);
    expect(shown.ok).toBe(true);
    expect(withoutTheme(shown.text)).toMatchInlineSnapshot(`
      "Japanese (ja)

        up to date    start/fresh
        not accepted  start/introduction
        stale         start/stale
                        what changed is unknown: the history has no such version
        missing       start/quick-start
        orphan        start/quickstart

        labels …
                        i18n/ja/code.json  done  It is done
                        i18n/ja/docusaurus-plugin-content-docs/current.json  sidebar.docs.category.start  Start here
        comments      0 of 1 translated (0 %)
                        examples/after.ts:1  Waits for nobody.

        1 of 4 pages up to date (25 %), … problems: npm run translations -- check"
    `);

    const checked = check(states);
    expect(checked.ok).toBe(false);
    expect(withoutTheme(checked.text)).toMatchInlineSnapshot(`
      "i18n/ja/docusaurus-plugin-content-docs/current/start/introduction.mdx:1  has not been accepted as a translation of docs/start/introduction.mdx  [stale-page]
          mend: bring it up to date (\`npm run translations\` tells what changed), then \`npm run translations -- accept ja start/introduction\`
      i18n/ja/docusaurus-plugin-content-docs/current/start/stale.mdx:4  is stale: docs/start/stale.mdx has changed since this was accepted  [stale-page]
          mend: bring it up to date (\`npm run translations\` tells what changed), then \`npm run translations -- accept ja start/stale\`
      i18n/ja/docusaurus-plugin-content-docs/current/start/quick-start.mdx:1  is missing: docs/start/quick-start.mdx has no Japanese translation  [missing-page]
          mend: write it; docs/contribute/translations.mdx tells how
      i18n/ja/docusaurus-plugin-content-docs/current/start/quickstart.mdx:1  translates docs/start/quickstart.mdx, which does not exist  [orphan-page]
          mend: move it to i18n/ja/docusaurus-plugin-content-docs/current/start/quick-start.mdx, or delete it
      i18n/ja/code.json:1  lacks the label "done": It is done  [labels]
          mend: add "done": { "message": "…" }
      i18n/ja/code.json:1  has the label "gone", which nothing on the site uses  [labels]
          mend: remove it
      i18n/ja/docusaurus-plugin-content-docs/current.json:1  lacks the label "sidebar.docs.category.start": Start here  [labels]
          mend: add "sidebar.docs.category.start": { "message": "…" }
      i18n/ja/code-comments.json:1  lacks the comment of examples/after.ts:1: Waits for nobody.  [code-comments]
          mend: add "Waits for nobody.": "…" to "after.ts"
      Japanese: 3 pages checked, … problems"
    `);
  });
});

it.each([
  ['region="wait"', 'examples/after.ts:1: region "wait" is never closed'],
  ['regoin="wait"', 'docs/start/introduction.mdx:10: '],
])(
  'names the place of what cannot be shown, %s, without a stack',
  {
    timeout: 30_000,
  },
  (options, place) => {
    const folder = temporarySite({
      'docs/start/introduction.mdx': `${introduction}
\`\`\`ts example="after.ts" ${options}
\`\`\`
`,
      'examples/after.ts': '// #region wait\nexport const delay = 0;\n',
    });
    const { status, stderr } = run(folder, 'check');
    expect(stderr).toContain(place);
    expect(stderr).toContain('npm run docs:check lists all such.');
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(1);
  },
);

it('fails with an explanation when it is called wrongly', {
  timeout: 30_000,
}, () => {
  const { status, stderr } = run('.', 'status', '--locale', 'jp');
  expect(stderr).toContain('expected a language, ja or vi, and got `jp`');
  expect(stderr).toContain('npm run translations -- accept <language>');
  expect(status).toBe(1);
});

function run(siteDir: string, ...args: readonly string[]) {
  const program = path.resolve('node_modules/jiti/lib/jiti-cli.mjs');
  const command = path.join(import.meta.dirname, 'command.ts');
  return spawnSync(process.execPath, [program, command, ...args], {
    cwd: siteDir,
    encoding: 'utf8',
  });
}

/** The labels of the theme, and their number, are those of a dependency. */
function withoutTheme(text: string): string {
  return text
    .replaceAll(/^.*theme\..*\n(?: +mend: .*\n)?/gm, '')
    .replaceAll(/(?<=labels +).*|\d+(?= problems)/g, '…');
}

function readTranslation(site: string, id: string): string {
  return fs.readFileSync(path.join(site, ja, `${id}.mdx`), 'utf8');
}
