/** What `npm run docs:check` prints. */
import { formatFinding } from './finding.ts';
import { check } from './rules.ts';
import type { Sources } from './sources.ts';
import { type Tally, tallyCode, totalOfTested } from './tally.ts';

export interface Report {
  readonly ok: boolean;
  readonly text: string;
}

export function reportOn(sources: Sources): Report {
  const findings = check(sources);
  const tallies = tallyCode(sources);
  const sections = [
    ...findings.map(formatFinding),
    untestedCode(sources),
    linesByLanguage(tallies),
    shareOfTested(tallies),
    `${sources.pages.length} pages checked, ${findings.length} to mend`,
  ];
  return { ok: findings.length === 0, text: sections.join('\n\n') };
}

function untestedCode({ fences }: Sources): string {
  const places = fences.flatMap(({ fence, page, line }) =>
    fence.kind === 'inline' && fence.language.tested
      ? [`  ${page.file}:${line}  ${fence.static ?? 'gives no reason'}`]
      : [],
  );
  const title = 'code that is typed into a page and must be tested';
  return [`${title}: ${places.length || 'none'}`, ...places].join('\n');
}

function linesByLanguage(tallies: readonly Tally[]): string {
  const columns = ['lines', 'from examples'];
  const row = (cells: readonly (string | number)[], name: string) =>
    [
      name.padEnd(12),
      ...cells.map((cell, index) =>
        String(cell).padStart(columns[index]?.length ?? 0),
      ),
    ].join('  ');
  return [
    row(columns, 'language'),
    ...tallies.map(({ language, lines, sourced }) =>
      row([lines, sourced], language.label ?? language.name),
    ),
  ].join('\n');
}

function shareOfTested(tallies: readonly Tally[]): string {
  const { lines, sourced } = totalOfTested(tallies);
  const percent = lines === 0 ? 100 : (100 * sourced) / lines;
  return `share of code lines that come from tested source: ${percent.toFixed(1)} % (${sourced} of ${lines} lines)`;
}
