/** Stamps translations that somebody has read against the English page. */
import fs from 'node:fs';
import path from 'node:path';
import { type Finding, formatFinding } from '../checks/finding.ts';
import { pageFile, pageIds, readPage } from '../mdx/page.ts';
import { byNearness } from '../nearest.ts';
import { sourceLocale, type TranslatedLocale } from '../site.ts';
import { checkPage } from './check-page.ts';
import { UsageError } from './command-line.ts';
import { asManuscript, type Pair, readPair } from './corpus.ts';
import { plural, type Report } from './report.ts';
import { stalePage } from './rules/stale-page.ts';
import { contentRules } from './rules.ts';
import { sourceHash } from './source-hash.ts';
import { withStamp } from './stamp.ts';

export async function accept(
  siteDir: string,
  locale: TranslatedLocale,
  ids: readonly string[],
): Promise<Report> {
  const known = pageIds(siteDir, sourceLocale);
  const translated = pageIds(siteDir, locale);
  for (const id of ids) refuseUnknown(locale, id, known, translated);
  const wanted =
    ids.length > 0 ? ids : known.filter((id) => translated.includes(id));
  const pairs = await Promise.all(
    wanted.map(async (id) => {
      const source = await readPage(siteDir, sourceLocale, id);
      return readPair(siteDir, locale, await asManuscript(source));
    }),
  );
  return ids.length > 0 ? stamp(siteDir, pairs) : candidates(locale, pairs);
}

function stamp(siteDir: string, pairs: readonly Pair[]): Report {
  const verdicts = pairs.map((pair) => {
    const { id, file, text } = pair.translation;
    const findings = checkPage(pair, contentRules);
    if (findings.length > 0) return refusal(id, findings);
    const stamped = withStamp(text, sourceHash(pair.source));
    if (stamped === text)
      return { ok: true, text: `${id} was accepted before` };
    fs.writeFileSync(path.join(siteDir, file), stamped);
    return { ok: true, text: `${id} is accepted` };
  });
  return {
    ok: verdicts.every(({ ok }) => ok),
    text: verdicts.map(({ text }) => text).join('\n'),
  };
}

function refusal(id: string, findings: readonly Finding[]): Report {
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ');
  return {
    ok: false,
    text: [
      `${id} is not accepted, because of ${rules}:`,
      ...findings.map(formatFinding),
    ].join('\n'),
  };
}

function candidates(locale: TranslatedLocale, pairs: readonly Pair[]): Report {
  const waiting = pairs.filter((pair) => stalePage(pair).length > 0);
  if (waiting.length === 0) {
    return { ok: true, text: `No page in ${locale} awaits a review.` };
  }
  const lines = waiting.map((pair) => {
    const { length } = checkPage(pair, contentRules);
    const first =
      length === 0 ? '' : `  (${plural(length, 'problem')} to mend first)`;
    return `  ${pair.source.id}${first}`;
  });
  return {
    ok: true,
    text: [
      `These pages await a review. Read one against ${pageFile(sourceLocale, '…')}, then:`,
      `npm run translations -- accept ${locale} <page …>`,
      '',
      ...lines,
    ].join('\n'),
  };
}

function refuseUnknown(
  locale: TranslatedLocale,
  id: string,
  known: readonly string[],
  translated: readonly string[],
): void {
  if (!known.includes(id)) {
    const nearest = byNearness(id, known).slice(0, 3).join(', ');
    throw new UsageError(
      `expected a page, such as ${nearest}, and got \`${id}\``,
    );
  }
  if (!translated.includes(id)) {
    throw new UsageError(
      `expected ${pageFile(locale, id)}, and there is no such file: ${id} has no translation to accept`,
    );
  }
}
