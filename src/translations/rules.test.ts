/**
 * Every rule has a folder in `rules/fixtures/`. For a rule about pages it holds
 * an English page and translations of it, `passes.<locale>.mdx` and
 * `fails.<locale>.mdx`; for a rule about a language, what there is of it, as
 * JSON. What a failing one must be told stands beside it, as a text.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../checks/finding.ts';
import { parsePage } from '../mdx/page.ts';
import { type Locale, translatedLocales } from '../site.ts';
import { checkPage } from './check-page.ts';
import { asManuscript, type Manuscript } from './corpus.ts';
import type { LocaleState } from './rule.ts';
import { localeRules, pageRules } from './rules.ts';

const folder = path.join(import.meta.dirname, 'rules');
const fixtures = path.join(folder, 'fixtures');

it('lists every rule that there is, under the name of its file', () => {
  const files = namesIn(folder, '.ts');
  const rules = [...Object.keys(pageRules), ...Object.keys(localeRules)];
  expect(rules.sort()).toEqual(files);
});

it('has a fixture that passes and one that fails for every rule', () => {
  for (const rule of namesIn(folder, '.ts')) {
    const files = fs.readdirSync(path.join(fixtures, rule)).join(' ');
    expect(files, rule).toMatch(/fails\.\w+\.(mdx|json).*passes\.\w+\.\1/);
  }
});

describe.each(Object.entries(pageRules))('%s', (name, rule) => {
  it.each(casesOf(name, '.mdx'))('judges %s', async (file) => {
    const source = await read(name, 'source.mdx', 'en');
    const locale = localeOf(file);
    const translation = await read(name, file, locale);
    const findings = checkPage(
      { locale, source, translation },
      { [name]: rule },
    );
    await expectVerdict(name, file, findings.map(formatFinding));
  });
});

describe.each(Object.entries(localeRules))('%s', (name, rule) => {
  it.each(casesOf(name, '.json'))('judges %s', async (file) => {
    const text = fs.readFileSync(path.join(fixtures, name, file), 'utf8');
    const state = { ...nothing, locale: localeOf(file), ...JSON.parse(text) };
    const findings = rule(state).map((problem) => ({ rule: name, ...problem }));
    await expectVerdict(name, file, findings.map(formatFinding));
  });
});

const nothing: Omit<LocaleState, 'locale'> = {
  pairs: [],
  missing: [],
  orphans: [],
  labels: [],
  comments: { shown: [], untranslated: [], unused: [] },
};

async function expectVerdict(
  name: string,
  file: string,
  findings: readonly string[],
): Promise<void> {
  if (file.startsWith('passes')) {
    expect(findings).toEqual([]);
    return;
  }
  expect(findings).not.toEqual([]);
  const told = file.replace(/\.\w+$/, '.txt');
  await expect(`${findings.join('\n')}\n`).toMatchFileSnapshot(
    path.join(fixtures, name, told),
  );
}

async function read(
  rule: string,
  file: string,
  locale: Locale,
): Promise<Manuscript> {
  const page = await parsePage({
    id: rule,
    locale,
    file: file === 'source.mdx' ? 'docs/page.mdx' : `i18n/${locale}/page.mdx`,
    text: fs.readFileSync(path.join(fixtures, rule, file), 'utf8'),
  });
  return asManuscript(page);
}

function casesOf(rule: string, ending: string): string[] {
  return fs
    .readdirSync(path.join(fixtures, rule))
    .filter((file) => file.endsWith(ending) && file !== 'source.mdx');
}

function localeOf(file: string) {
  const locale = translatedLocales.find((name) => file.includes(`.${name}.`));
  if (locale === undefined)
    throw new Error(`${file}: which language is it in?`);
  return locale;
}

function namesIn(directory: string, ending: string): string[] {
  return fs
    .readdirSync(directory)
    .filter((file) => file.endsWith(ending))
    .map((file) => path.basename(file, ending))
    .sort();
}
