/** Everything that must be mended before the site may be published. */
import { type Finding, formatFinding } from '../checks/finding.ts';
import { checkPage } from './check-page.ts';
import { languageName } from './language-name.ts';
import { plural, type Report } from './report.ts';
import type { LocaleState } from './rule.ts';
import { localeRules, pageRules } from './rules.ts';

export function check(states: readonly LocaleState[]): Report {
  const reports = states.map(reportOf);
  return {
    ok: reports.every(({ ok }) => ok),
    text: reports.map(({ text }) => text).join('\n'),
  };
}

function reportOf(state: LocaleState): Report {
  const findings = checkLocale(state);
  const pages = plural(state.pairs.length, 'page');
  const summary = `${languageName(state.locale)}: ${pages} checked, ${plural(findings.length, 'problem')}`;
  return {
    ok: findings.length === 0,
    text: [...findings.map(formatFinding), summary].join('\n'),
  };
}

export function checkLocale(state: LocaleState): Finding[] {
  return [
    ...state.pairs.flatMap((pair) => checkPage(pair, pageRules)),
    ...Object.entries(localeRules).flatMap(([rule, check]) =>
      check(state).map((problem) => ({ rule, ...problem })),
    ),
  ];
}
