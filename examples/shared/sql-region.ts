import fs from 'node:fs';

/** A part of an SQL file, between two comments that name it. */
export function sqlRegion(file: string, name: string): string {
  const text = fs.readFileSync(file, 'utf8');
  const marker = (word: string) => `-- #${word} ${name}\n`;
  const [, begun] = text.split(marker('region'));
  const [region] = begun?.split(marker('endregion')) ?? [];
  if (region === undefined) throw new Error(`${file} has no region ${name}`);
  return region;
}
