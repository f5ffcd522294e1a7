/** What a check has found, and how to mend it. */
export interface Finding {
  /** The rule's name, which is also the name of its file. */
  readonly rule: string;
  /** Relative to the site. */
  readonly file: string;
  readonly line: number;
  /** What is wrong: what was expected, and what came. */
  readonly message: string;
  /** What to do about it, as a command or an edit. */
  readonly mend: string;
}

export function formatFinding(finding: Finding): string {
  return [
    `${finding.file}:${finding.line}  ${finding.message}  [${finding.rule}]`,
    `    mend: ${finding.mend}`,
  ].join('\n');
}
