import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import { formatFinding } from './finding.ts';
import { rules } from './rules.ts';
import { gatherSources } from './sources.ts';

/**
 * A rule's fixtures are `passes.mdx` and `fails.mdx`, as if they stood at
 * docs/strategies/topic.mdx, and in `fails.txt` what is found. The examples that
 * they show are in `passes/` and `fails/`, or in those that all rules share.
 */
const fixtures = path.join(import.meta.dirname, 'rules/fixtures');
const sharedExamples = path.join(fixtures, 'examples');

test.each(Object.keys(rules))(
  '%s finds nothing in a page that passes',
  async (rule) => {
    expect(await findings(rule, 'passes')).toBe('');
  },
);

test.each(Object.keys(rules))(
  '%s says what is wrong with a page that fails',
  async (rule) => {
    const expected = path.join(fixtures, rule, 'fails.txt');
    await expect(await findings(rule, 'fails')).toMatchFileSnapshot(expected);
  },
);

test('every rule has its file and its fixtures, and nothing else has', () => {
  const names = Object.keys(rules).sort();
  const files = fs
    .readdirSync(path.join(import.meta.dirname, 'rules'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'));
  const folders = fs
    .readdirSync(fixtures)
    .filter((folder) => folder !== path.basename(sharedExamples));
  expect(files.sort()).toEqual(names);
  expect(folders.sort()).toEqual(names);
});

async function findings(rule: string, kind: 'passes' | 'fails') {
  const page = await parsePage({
    id: 'strategies/topic',
    locale: sourceLocale,
    file: 'docs/strategies/topic.mdx',
    text: fs.readFileSync(path.join(fixtures, rule, `${kind}.mdx`), 'utf8'),
  });
  const own = path.join(fixtures, rule, kind);
  const examples = fs.existsSync(own) ? own : sharedExamples;
  const sources = gatherSources([page], readTexts(examples));
  const problems = rules[rule]?.(sources) ?? [];
  return problems
    .map((problem) => `${formatFinding({ rule, ...problem })}\n`)
    .join('\n');
}

function readTexts(folder: string): Map<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.extname(file) !== '')
    .sort();
  return new Map(
    files.map((file) => [
      file.replaceAll(path.sep, '/'),
      fs.readFileSync(path.join(folder, file), 'utf8'),
    ]),
  );
}
