/** What a command has to say, and whether all is well. */
export interface Report {
  readonly text: string;
  readonly ok: boolean;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
