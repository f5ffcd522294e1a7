/**
 * What a fence on a page says about its code. A fence either names an example,
 * and is empty, or carries text of its own:
 *
 *     ```ts example="strategies/write-behind/after.ts" region="service"
 *     ```
 */
import type { Code } from 'mdast';
import { byNearness } from '../nearest.ts';
import {
  findLanguage,
  type Language,
  languageOfFile,
  languages,
  plainText,
} from './languages.ts';

export type Fence = ExampleFence | InlineFence;

export interface ExampleFence {
  readonly kind: 'example';
  readonly language: Language;
  /** A file, relative to the examples. */
  readonly example: string;
  /** Absent for the whole file. */
  readonly region?: string;
  /** Regions inside the shown one that stay bright while the rest is dimmed. */
  readonly focus: readonly string[];
  /** Regions inside the shown one that are marked. */
  readonly highlight: readonly string[];
  /** Regions inside the shown one that are folded away. */
  readonly hide: readonly string[];
  readonly title?: string;
}

export interface InlineFence {
  readonly kind: 'inline';
  readonly language: Language;
  readonly code: string;
  /** Why code that must be tested is not. */
  readonly static?: string;
  readonly title?: string;
}

/** A fence that cannot be understood. */
export class FenceError extends Error {
  override readonly name = 'FenceError';
}

/** Diagrams are fences too, and none of ours. */
export function isDiagram(node: Pick<Code, 'lang'>): boolean {
  return node.lang === 'mermaid';
}

export function readFence(node: Pick<Code, 'lang' | 'meta' | 'value'>): Fence {
  const attributes = readAttributes(node.meta ?? '');
  const { example } = attributes;
  return example === undefined
    ? inlineFence(node, attributes)
    : exampleFence(node, { ...attributes, example });
}

/** Code that must be tested, is not, and gives no reason. */
export function isBare(fence: Fence): boolean {
  return (
    fence.kind === 'inline' &&
    fence.language.tested === true &&
    fence.static === undefined
  );
}

export function bareFence({ language }: Fence): string {
  return `expected example="…" or static="the reason", since ${language.label ?? language.name} on a page is compiled and run`;
}

const attributeNames = [
  'example',
  'region',
  'focus',
  'highlight',
  'hide',
  'title',
  'static',
] as const;

type AttributeName = (typeof attributeNames)[number];
type Attributes = { readonly [name in AttributeName]?: string };

function exampleFence(
  node: Pick<Code, 'lang' | 'value'>,
  attributes: Attributes & { readonly example: string },
): ExampleFence {
  const { example, region, title } = attributes;
  if (attributes.static !== undefined) {
    throw new FenceError(
      'expected either example="…" or static="…", and found both',
    );
  }
  if (node.value.trim() !== '') {
    throw new FenceError(
      'expected a fence with example="…" to be empty, and found code in it',
    );
  }
  const language = languageOfFile(example);
  if (readLanguage(node.lang) !== language) {
    throw new FenceError(
      `expected the language of ${example}, ${language.name}, and found ${node.lang ?? 'none'}`,
    );
  }
  return {
    kind: 'example',
    language,
    example,
    ...(region === undefined ? {} : { region }),
    focus: names(attributes.focus),
    highlight: names(attributes.highlight),
    hide: names(attributes.hide),
    ...(title === undefined ? {} : { title }),
  };
}

function inlineFence(
  node: Pick<Code, 'lang' | 'value'>,
  attributes: Attributes,
): InlineFence {
  const { title } = attributes;
  for (const name of ['region', 'focus', 'highlight', 'hide'] as const) {
    if (attributes[name] === undefined) continue;
    throw new FenceError(`expected example="…" beside ${name}="…"`);
  }
  return {
    kind: 'inline',
    language: readLanguage(node.lang),
    code: restoreHeadingIds(node.value),
    ...(attributes.static === undefined ? {} : { static: attributes.static }),
    ...(title === undefined ? {} : { title }),
  };
}

/**
 * The site escapes what looks like the id of a heading, `# Title {#id}`, before
 * a page is parsed, and does so in fences as well.
 */
function restoreHeadingIds(code: string): string {
  return code.replaceAll(/^(#{1,6}(?!#).*?)\\\{#/gm, '$1{#');
}

function readLanguage(name: string | null | undefined): Language {
  if (name === null || name === undefined || name === '') return plainText;
  const language = findLanguage(name);
  if (language !== undefined) return language;
  const known = byNearness(
    name,
    languages.map((candidate) => candidate.name),
  );
  throw new FenceError(
    `unknown language "${name}"; expected one of ${known.join(', ')}`,
  );
}

function readAttributes(meta: string): Attributes {
  const attributes: { [name in AttributeName]?: string } = {};
  const rest = meta.replaceAll(
    /(?<=^|\s)([\w-]+)="([^"]*)"(?=\s|$)/g,
    (_, name: string, value: string) => {
      if (!isAttributeName(name)) {
        const known = byNearness(name, attributeNames);
        throw new FenceError(
          `unknown attribute "${name}"; expected one of ${known.join(', ')}`,
        );
      }
      if (attributes[name] !== undefined) {
        throw new FenceError(`expected ${name}="…" once, and found it twice`);
      }
      if (value.trim() === '') {
        throw new FenceError(`expected ${name}="…" to say something`);
      }
      attributes[name] = value.trim();
      return '';
    },
  );
  if (rest.trim() !== '') {
    throw new FenceError(
      `expected name="value" pairs after the language, and found ${rest.trim()}`,
    );
  }
  return attributes;
}

function isAttributeName(name: string): name is AttributeName {
  return (attributeNames as readonly string[]).includes(name);
}

function names(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
