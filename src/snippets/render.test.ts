import { describe, expect, test } from 'vitest';
import { findLanguage, plainText } from './languages.ts';
import { renderCode, renderExample } from './render.ts';

const typescript = findLanguage('ts') ?? plainText;

const source = {
  file: 'examples/a.ts',
  text: `export class Service {
  // #region get
  get(key: string) {
    // #region check
    if (key === '') throw new Error();
    // #endregion check
    // Reads the store.
    return this.#load(key);
  }
  // #endregion get
}
`,
};

const get = `get(key: string) {
  if (key === '') throw new Error();
  // Reads the store.
  return this.#load(key);
}`;

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

describe('the text of the HTML', () => {
  test('is the code of the region, to the letter', async () => {
    const { html } = await renderExample(source, typescript, {
      region: 'get',
    });
    expect(textOf(html)).toBe(get);
  });

  test('is the whole code when lines of it are folded', async () => {
    const { html } = await renderExample(source, typescript, {
      region: 'get',
      hide: ['check'],
    });
    expect(textOf(html)).toBe(get);
  });

  test('is the code of the page, with what HTML would take for its own', async () => {
    const code = 'a < b && c > d\n\n  <script>';
    expect(textOf((await renderCode(code, plainText)).html)).toBe(code);
  });
});

describe('a line', () => {
  test('is an element, which ends with the line break', async () => {
    expect((await renderCode('a\n\nb', plainText)).html).toBe(
      '<span class="line">a\n</span><span class="line">\n</span><span class="line">b</span>',
    );
  });

  test('holds tokens with a class for their kind', async () => {
    expect((await renderCode('return 1;', typescript)).html).toBe(
      '<span class="line"><span class="k">return</span> <span class="n">1</span>;</span>',
    );
  });

  test('is highlighted by the region that it is in', async () => {
    const { html } = await renderExample(source, typescript, {
      highlight: ['check'],
    });
    expect(html.match(/class="line highlighted"/g)).toHaveLength(1);
  });

  test('outside of the focus is dimmed and has no colours', async () => {
    const { html } = await renderExample(source, typescript, {
      region: 'get',
      focus: ['check'],
    });
    expect(html).toContain(
      '<span class="line dimmed">get(key: string) {\n</span>',
    );
    expect(html).toContain('<span class="k">if</span>');
  });

  test('is understood in the context of its file', async () => {
    const { html } = await renderExample(source, typescript, {
      region: 'get',
    });
    expect(html).toMatch(/^<span class="line"><span class="f">get<\/span>/);
  });
});

describe('folded lines', () => {
  test('stand together in one element', async () => {
    const { html } = await renderExample(source, typescript, {
      region: 'get',
      hide: ['check'],
    });
    expect(html.match(/<span class="fold">/g)).toHaveLength(1);
  });

  test('take the room of one line', async () => {
    const whole = await renderExample(source, typescript, {});
    const folded = await renderExample(source, typescript, { hide: ['get'] });
    expect(whole).toMatchObject({ height: 7, folds: false });
    expect(folded).toMatchObject({ height: 3, folds: true });
  });
});

describe('comments', () => {
  test('are translated', async () => {
    const { html } = await renderExample(
      source,
      typescript,
      { region: 'get' },
      () => 'ストアを読みます。',
    );
    expect(textOf(html)).toBe(
      get.replace('Reads the store.', 'ストアを読みます。'),
    );
  });

  test('that grow do not shift the regions', async () => {
    const { html } = await renderExample(
      source,
      typescript,
      { region: 'get', highlight: ['check'] },
      () => 'ストアを読みます。'.repeat(9),
    );
    expect(html).toMatch(/class="line highlighted">.*if/);
  });
});

test('an error names a line of the source, and not of the translation', async () => {
  const faulty = {
    file: 'examples/a.ts',
    text: '// Says it.\n// #region a\na();\n',
  };
  const long = () => 'từ '.repeat(60).trim();
  await expect(renderExample(faulty, typescript, {}, long)).rejects.toThrow(
    'examples/a.ts:2: region "a" is never closed',
  );
});
