/** `after.out.txt` is what `after.ts` prints, recorded by a test. */
const suffix = '.out.txt';

/** The example that printed a recorded output; `undefined` for other files. */
export function programOf(example: string): string | undefined {
  return example.endsWith(suffix)
    ? `${example.slice(0, -suffix.length)}.ts`
    : undefined;
}

/** What a reader types to run an example. */
export function commandFor(program: string): string {
  return `npm run example ${program.replace(/\.ts$/, '')}`;
}
