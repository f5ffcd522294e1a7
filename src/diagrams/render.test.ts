import { describe, expect, test } from 'vitest';
import { inlineKindOf } from './kind.ts';
import { renderDiagram } from './render.ts';

/** The lines below a header and a description. */
function source(header: string, ...lines: string[]): string {
  const description = ['accTitle: A title', 'accDescr: A description'];
  return [header, ...description, ...lines].join('\n');
}

async function draw(header: string, ...lines: string[]): Promise<string> {
  return drawSource(source(header, ...lines));
}

async function drawSource(text: string, name = 'diagram'): Promise<string> {
  const kind = inlineKindOf(text);
  if (kind === undefined) throw new Error(`not drawn here: ${text}`);
  const { svg } = await renderDiagram(text, kind, name);
  return svg;
}

/** What can be read in the drawing, from its first element to its last. */
function textsOf(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) =>
    String(text),
  );
}

describe('every kind shows all of its labels, in every language', () => {
  const words = {
    English: { cache: 'Cache', store: 'Store', write: 'writes a batch' },
    Vietnamese: { cache: 'Bộ nhớ đệm', store: 'Kho gốc', write: 'ghi một lô' },
    Japanese: {
      cache: 'キャッシュ',
      store: 'ストア',
      write: 'バッチで書き込む',
    },
  };
  describe.each(Object.entries(words))('%s', (_, { cache, store, write }) => {
    test.each([
      [
        'flowchart',
        ['flowchart LR', `c[(${cache})] -->|${write}| s{"${store}"}`],
      ],
      [
        'sequence diagram',
        [
          'sequenceDiagram',
          `participant c as ${cache}`,
          `actor s as ${store}`,
          `c->>s: ${write}`,
        ],
      ],
      [
        'class diagram',
        [
          'classDiagram',
          `class c["${cache}"]`,
          `class s["${store}"]`,
          `c --> s : ${write}`,
        ],
      ],
      [
        'state diagram',
        [
          'stateDiagram-v2',
          `state "${cache}" as c`,
          `state "${store}" as s`,
          `c --> s : ${write}`,
        ],
      ],
      [
        'ER diagram',
        [
          'erDiagram',
          `c["${cache}"]`,
          `s["${store}"]`,
          `c }o--|| s : "${write}"`,
        ],
      ],
    ])('%s', async (_, [header = '', ...lines]) => {
      const texts = textsOf(await draw(header, ...lines));
      expect(texts.toSorted()).toEqual([cache, store, write].toSorted());
    });
  });
});

describe('a diagram says what it shows to a reader who does not see it', () => {
  test('by a title and a description that only it has', async () => {
    const svg = await drawSource(
      'flowchart TD\naccTitle: Reads & writes\naccDescr: First <this>.\na --> b',
      'diagram-12',
    );
    expect(svg).toContain('role="img"');
    expect(svg).toContain('aria-labelledby="diagram-12-title"');
    expect(svg).toContain('aria-describedby="diagram-12-description"');
    expect(svg).toContain(
      '<title id="diagram-12-title">Reads &amp; writes</title>',
    );
    expect(svg).toContain(
      '<desc id="diagram-12-description">First &lt;this&gt;.</desc>',
    );
  });

  test('and does not draw them', async () => {
    const svg = await drawSource(
      'stateDiagram-v2\naccTitle: Writes\naccDescr {\n  From pending\n  to done.\n}\na --> b',
    );
    expect(textsOf(svg)).toEqual(['a', 'b']);
    expect(svg).toContain('>From pending to done.</desc>');
  });

  test('or is refused', async () => {
    await expect(drawSource('flowchart TD\na --> b')).rejects.toThrow(
      'the diagram lacks `accTitle` or `accDescr`',
    );
  });
});

describe('a diagram leaves the rest of the page alone', () => {
  const everything = draw(
    'flowchart LR',
    'subgraph g [Group]',
    'a[A]:::warning ==> b{B}',
    'end',
    'b -.->|label| c[(C)]',
  );

  test('it has neither styles nor colours of its own', async () => {
    expect(await everything).not.toMatch(
      /<style|style=|fill=|stroke=|#[0-9a-f]{3}/,
    );
  });

  test('it fetches nothing', async () => {
    expect(await everything).not.toMatch(/@import|http|url\(|href/);
  });

  test('it has no ids but those of its title and description', async () => {
    expect((await everything).match(/ id="[^"]*"/g)).toEqual([
      ' id="diagram-title"',
      ' id="diagram-description"',
    ]);
  });
});

describe('a diagram keeps its proportions at any size', () => {
  test.each([
    ['flowchart TD', 'a --> b'],
    ['sequenceDiagram', 'a->>b: c'],
  ])('%s', async (header, line) => {
    const { svg, width, height } = await renderDiagram(
      source(header, line),
      header === 'sequenceDiagram' ? 'sequence' : 'flowchart',
      'diagram',
    );
    expect(svg).toMatch(
      new RegExp(
        `viewBox="-?\\d+ -?\\d+ ${width} ${height}" width="${width}" height="${height}"`,
      ),
    );
  });
});

test('a diagram of ten nodes takes less than 1.5 kB in a compressed page', async () => {
  const { gzipSync } = await import('node:zlib');
  const edges = Array.from(
    { length: 10 },
    (_, index) => `n${index}[Node ${index}] -->|edge ${index}| n${index + 1}`,
  );
  const svg = await draw('flowchart TD', ...edges);
  expect(gzipSync(svg).length).toBeLessThan(1500);
});

test('characters that mean something in SVG are drawn as they are', async () => {
  const svg = await draw(
    'flowchart TD',
    'a["a &lt; b & #quot;c#quot; (d) {e}"]',
  );
  expect(textsOf(svg)).toEqual(['a &lt; b &amp; "c" (d) {e}']);
});

test('a label has as many lines as its author gave it', async () => {
  const svg = await draw('flowchart TD', 'a[one<br/>two<br>three]');
  expect(textsOf(svg)).toEqual(['one', 'two', 'three']);
});

test('front matter is refused, since it has a title or a theme', async () => {
  const text = `---\ntitle: Writes\n---\n${source('flowchart TD', 'a --> b')}`;
  await expect(drawSource(text)).rejects.toMatchObject({
    message: expect.stringContaining('front matter is not read'),
    line: 1,
  });
});

test('comments and directives are not drawn', async () => {
  const svg = await drawSource(
    [
      '%%{init: {"theme": "forest"}}%%',
      source('flowchart TD', '%% a --> hidden', 'a --> b'),
    ].join('\n'),
  );
  expect(textsOf(svg)).toEqual(['a', 'b']);
});

test('a syntax error is found in its line, below comments too', async () => {
  const text = source('flowchart TD', '%% a comment', 'a --> b', 'a --> --> c');
  await expect(drawSource(text)).rejects.toMatchObject({
    message: expect.stringContaining('Mermaid does not understand'),
    line: 6,
  });
});

describe('what would be drawn wrongly is refused', () => {
  test.each([
    [
      'an unknown shape',
      ['flowchart TD', 'a>flag]'],
      'the shape `odd` of `a` is not drawn; there are squareRect, roundedRect',
    ],
    [
      'a colour',
      ['flowchart TD', 'a', 'style a fill:#f00'],
      '`a` has colours of its own (`fill:#f00`), which cannot suit both themes; use at most one of the classes accent, warning, muted, as in `class A accent`',
    ],
    [
      'a class with a colour',
      ['flowchart TD', 'a:::hot', 'classDef hot fill:#f00'],
      '`a` has colours of its own',
    ],
    [
      'an unknown class',
      ['flowchart TD', 'a:::hot'],
      '`a` has the class `hot`; use at most one of the classes accent',
    ],
    [
      'two classes',
      ['flowchart TD', 'a:::accent', 'class a warning'],
      'use at most one of the classes',
    ],
    [
      'a coloured edge',
      ['flowchart TD', 'a --> b', 'linkStyle 0 stroke:#f00'],
      'the edge from `a` to `b` has a style of its own',
    ],
    [
      'an invisible edge',
      ['flowchart TD', 'a ~~~ b'],
      'the edge from `a` to `b` is invisible',
    ],
    [
      'a link',
      ['flowchart TD', 'a', 'click a "https://example.com"'],
      '`a` is clickable',
    ],
    [
      'formatting',
      ['flowchart TD', 'a["`**bold**`"]'],
      'the label of `a` is formatted',
    ],
    [
      'a tag',
      ['flowchart TD', 'a["Map<K, V>"]'],
      '`<K, V>` in the label `Map<K, V>` would be drawn as text',
    ],
    [
      'an icon',
      ['flowchart TD', 'a["fa:fa-user Ada"]'],
      '`fa:fa-user` in the label',
    ],
    ['a formula', ['flowchart TD', 'a["$$x^2$$"]'], '`$$x^2$$` in the label'],
    [
      'a title of its own',
      ['sequenceDiagram', 'title Writes', 'a->>b: c'],
      '`title` is not drawn; let a heading or the text above the diagram say it',
    ],
    [
      'a menu of links',
      ['sequenceDiagram', 'a->>b: c', 'link a: Dash @ https://example.com'],
      'the links of `a` are not drawn',
    ],
    [
      'a concurrent state',
      ['stateDiagram-v2', 'state a {', 'b --> c', '--', 'd --> e', '}'],
      'concurrent states (`--`) are not drawn',
    ],
    [
      'a lollipop',
      ['classDiagram', 'a ()-- b'],
      'ends in a `lollipop`, which is not drawn',
    ],
    [
      'a list of types in a type',
      ['classDiagram', 'class a {', 'b Map~string, List~int~~', '}'],
      'are not understood: Mermaid cannot nest a list of types',
    ],
    [
      'a box',
      ['sequenceDiagram', 'box b', 'participant a', 'end', 'a->>a: b'],
      '`box` is known to do that',
    ],
    [
      'a coloured background',
      ['sequenceDiagram', 'rect rgb(0, 0, 0)', 'a->>b: c', 'end'],
      '`rect` has a colour of its own',
    ],
    [
      'numbers',
      ['sequenceDiagram', 'autonumber', 'a->>b: c'],
      '`autonumber` is not drawn',
    ],
    [
      'a birth',
      ['sequenceDiagram', 'a->>b: c', 'create participant d', 'a->>d: e'],
      '`create` and `destroy` are not drawn',
    ],
    [
      'a database among participants',
      ['sequenceDiagram', 'participant a@{ "type": "database" }', 'a->>b: c'],
      'the participant `a` is a `database`',
    ],
  ])('%s', async (_, [header = '', ...lines], message) => {
    await expect(draw(header, ...lines)).rejects.toThrow(message);
  });
});
