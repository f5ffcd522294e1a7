/** Code as tokens of a kind, one class for each; `src/css/code.css` colours them. */
import {
  createHighlighterCore,
  type HighlighterCore,
  type LanguageInput,
} from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import type { Language } from './languages.ts';

export interface Token {
  readonly text: string;
  /** A class in the page; absent for what has the colour of the text. */
  readonly kind?: string;
}

/** The tokens of each line. */
export async function highlight(
  code: string,
  language: Language,
): Promise<Token[][]> {
  const grammar = grammars.get(language.name);
  if (grammar === undefined) {
    return code.split('\n').map((text) => [{ text }]);
  }
  const highlighter = await loadHighlighter();
  if (!highlighter.getLoadedLanguages().includes(grammar.name)) {
    await highlighter.loadLanguage(grammar.load);
  }
  return highlighter
    .codeToTokensBase(code, {
      lang: grammar.name,
      theme: themeName,
      // A grammar's first line is slow on a busy machine; a limit would leave
      // the rest of it without colours, and only sometimes.
      tokenizeTimeLimit: 0,
    })
    .map((line) =>
      line.map(({ content, color }) => {
        const kind = kindOfColour.get(color ?? '');
        return kind === undefined ? { text: content } : { text: content, kind };
      }),
    );
}

interface Grammar {
  readonly name: string;
  readonly load: LanguageInput;
}

const typescript: Grammar = {
  name: 'typescript',
  load: () => import('shiki/langs/typescript.mjs'),
};
const tsx: Grammar = {
  name: 'tsx',
  load: () => import('shiki/langs/tsx.mjs'),
};

/** By the name of the language; plain text has none. */
const grammars = new Map<string, Grammar>([
  ['ts', typescript],
  ['js', typescript],
  ['tsx', tsx],
  ['jsx', tsx],
  [
    'bash',
    {
      name: 'shellscript',
      load: () => import('shiki/langs/shellscript.mjs'),
    },
  ],
  ['diff', { name: 'diff', load: () => import('shiki/langs/diff.mjs') }],
  ['http', { name: 'http', load: () => import('shiki/langs/http.mjs') }],
  ['json', { name: 'json', load: () => import('shiki/langs/json.mjs') }],
  ['sql', { name: 'sql', load: () => import('shiki/langs/sql.mjs') }],
  ['yaml', { name: 'yaml', load: () => import('shiki/langs/yaml.mjs') }],
]);

/** Which scopes of a grammar are of which kind; a later one wins. */
const scopesOfKind: readonly (readonly [string, readonly string[]])[] = [
  ['c', ['comment', 'punctuation.definition.comment']],
  [
    'k',
    [
      'keyword',
      'storage',
      'keyword.operator.new',
      'keyword.operator.expression',
      'variable.language',
    ],
  ],
  ['s', ['string', 'constant.character', 'punctuation.definition.string']],
  ['n', ['constant.numeric', 'constant.language']],
  [
    'f',
    [
      'entity.name.function',
      'entity.name.command',
      'entity.name.tag',
      'support.function',
      'support.type.property-name',
    ],
  ],
  [
    't',
    [
      'entity.name.type',
      'entity.other.inherited-class',
      'support.class',
      'support.type',
    ],
  ],
  ['i', ['markup.inserted']],
  ['d', ['markup.deleted']],
  [
    '',
    [
      'keyword.operator',
      'meta.template.expression',
      'string.unquoted.argument',
    ],
  ],
];

// The highlighter knows colours only; each kind travels through it as one.
const themeName = 'kinds';
const textColour = '#000000';
const colourOf = (index: number) =>
  `#${(index + 1).toString(16).padStart(6, '0')}`;
const kindOfColour = new Map(
  scopesOfKind
    .map(([kind], index) => [colourOf(index), kind] as const)
    .filter(([, kind]) => kind !== ''),
);

// One for the process, since the site loads its plugins anew for each locale.
const shared: typeof globalThis & {
  dirtyBitHighlighter?: Promise<HighlighterCore>;
} = globalThis;

function loadHighlighter(): Promise<HighlighterCore> {
  shared.dirtyBitHighlighter ??= createHighlighterCore({
    engine: createOnigurumaEngine(import('shiki/wasm')),
    langs: [],
    themes: [
      {
        name: themeName,
        type: 'light',
        fg: textColour,
        bg: '#ffffff',
        settings: scopesOfKind.map(([, scope], index) => ({
          scope: [...scope],
          settings: { foreground: colourOf(index) },
        })),
      },
    ],
  });
  return shared.dirtyBitHighlighter;
}
