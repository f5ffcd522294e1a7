/** Where each language stands. */
import { checkLocale } from './check.ts';
import type { Pair } from './corpus.ts';
import { languageName } from './language-name.ts';
import { plural, type Report } from './report.ts';
import type { LocaleState } from './rule.ts';
import { isTranslated } from './rules/labels.ts';
import { sourceHash } from './source-hash.ts';
import { stampOf } from './stamp.ts';
import { changesSince } from './what-changed.ts';

export async function status(
  siteDir: string,
  states: readonly LocaleState[],
): Promise<Report> {
  const texts = await Promise.all(
    states.map((state) => statusOf(siteDir, state)),
  );
  return { ok: true, text: texts.join('\n\n') };
}

async function statusOf(siteDir: string, state: LocaleState): Promise<string> {
  const pages = await Promise.all(
    state.pairs.map((pair) => pageLines(siteDir, pair)),
  );
  return [
    `${languageName(state.locale)} (${state.locale})`,
    '',
    ...pages.flat(),
    ...state.missing.map((id) => pageLine('missing', id)),
    ...state.orphans.map((id) => pageLine('orphan', id)),
    '',
    ...labelLines(state),
    ...commentLines(state),
    '',
    ...summary(state),
  ].join('\n');
}

async function pageLines(
  siteDir: string,
  { source, translation }: Pair,
): Promise<string[]> {
  const stamp = stampOf(translation);
  if (stamp === undefined) return [pageLine('not accepted', source.id)];
  if (stamp === sourceHash(source)) return [pageLine('up to date', source.id)];
  const changes = await changesSince(siteDir, source, stamp);
  const details =
    changes === undefined
      ? ['what changed is unknown: the history has no such version']
      : [
          `changed: ${changes.sections.join(', ')}`,
          `git diff ${changes.commit} -- ${source.file}`,
        ];
  return [pageLine('stale', source.id), ...details.map(detailLine)];
}

function labelLines({ labels }: LocaleState): string[] {
  const wanted = labels.filter(({ english }) => english !== undefined);
  const lacking = wanted.filter((label) => !isTranslated(label));
  return [
    amountLine('labels', wanted.length - lacking.length, wanted.length),
    ...lacking.map(({ file, id, english }) =>
      detailLine(`${file}  ${id}  ${english}`),
    ),
  ];
}

function commentLines({ comments: { shown, untranslated } }: LocaleState) {
  return [
    amountLine('comments', shown.length - untranslated.length, shown.length),
    ...untranslated.map(({ example, line, text }) =>
      detailLine(`examples/${example}:${line}  ${text.replaceAll('\n', ' ')}`),
    ),
  ];
}

function summary(state: LocaleState): string[] {
  const { pairs, missing } = state;
  const accepted = pairs.filter(
    ({ source, translation }) => stampOf(translation) === sourceHash(source),
  );
  const total = pairs.length + missing.length;
  const problems = checkLocale(state).length;
  const hint = problems === 0 ? '' : ': npm run translations -- check';
  return [
    `  ${accepted.length} of ${plural(total, 'page')} up to date (${percent(accepted.length, total)}), ${plural(problems, 'problem')}${hint}`,
  ];
}

function pageLine(standing: string, id: string): string {
  return `  ${standing.padEnd(column)}${id}`;
}

function amountLine(name: string, count: number, total: number): string {
  return `  ${name.padEnd(column)}${count} of ${total} translated (${percent(count, total)})`;
}

function detailLine(text: string): string {
  return ' '.repeat(column + 4) + text;
}

const column = 'not accepted  '.length;

function percent(count: number, total: number): string {
  return `${total === 0 ? 100 : Math.floor((100 * count) / total)} %`;
}
