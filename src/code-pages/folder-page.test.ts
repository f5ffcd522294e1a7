import { describe, expect, test } from 'vitest';
import {
  type FolderPage,
  type Frame,
  renderFolderPage,
} from './folder-page.ts';

const frame: Frame = {
  siteTitle: 'Dirty Bit',
  htmlLang: 'ja',
  labels: {
    title: 'ソースコード',
    contents: 'このフォルダーの"中身"',
    explainedOn: '解説ページ：',
    asPlainText: 'プレーンテキスト',
  },
  url: 'https://example.org',
  baseUrl: '/ja/',
  sourceBaseUrl: '/',
  style: 'body {}',
  script: 'start();',
};

const page: FolderPage = {
  path: 'strategies/write-behind',
  folders: ['strategies/write-behind/more'],
  files: ['strategies/write-behind/after.ts'],
  explainedOn: 'strategies/write-behind/',
  read: () => '// #region a\nreturn a < b;\n// #endregion a\n',
};

async function html(changes: Partial<FolderPage> = {}) {
  return renderFolderPage({ ...page, ...changes }, frame);
}

describe('the page of a folder', () => {
  test('is in the language of its labels, and has one address in all', async () => {
    expect(await html()).toContain('<html lang="ja" data-theme="light">');
    expect(await html()).toContain(
      '<link rel="canonical" href="https://example.org/code/strategies/write-behind/">',
    );
    expect(await html()).toContain(
      '<title>strategies/write-behind | Dirty Bit</title>',
    );
  });

  test('leads to the folders around it', async () => {
    expect(await html()).toContain(
      '<h1><a href="/ja/code/">ソースコード</a> / <a href="/ja/code/strategies/">strategies</a> / <span>write-behind</span></h1>',
    );
  });

  test('leads to the page that explains the code, where there is one', async () => {
    expect(await html()).toContain('<a href="/ja/strategies/write-behind/">');
    expect(await html({ explainedOn: undefined })).not.toContain('解説');
  });

  test('lists folders and files', async () => {
    const text = await html();
    expect(text).toContain('aria-label="このフォルダーの&quot;中身&quot;"');
    expect(text).toContain(
      '<li><a href="/ja/code/strategies/write-behind/more/">more/</a></li>',
    );
    expect(text).toContain('<li><a href="#after.ts">after.ts</a></li>');
  });

  test('shows each file as it is, under an anchor of its name', async () => {
    const text = await html();
    expect(text).toContain('<section id="after.ts">');
    expect(text).toContain('// #region a');
    expect(text).toContain('a &lt; b');
    expect(text).toContain('href="/code/strategies/write-behind/after.ts"');
  });

  test('is named after what it shows where it has no folder around it', async () => {
    const text = await html({ path: '' });
    expect(text).toContain('<title>ソースコード | Dirty Bit</title>');
    expect(text).toContain('<h1><span>ソースコード</span></h1>');
  });
});
