/**
 * Whether the example was started as a program: by `npm run example`, or by
 * `node` itself. The two run it as different kinds of modules, and share no
 * other way to tell.
 */
export function isMain(example: string): boolean {
  const started = globalThis.process?.argv[1]?.replaceAll('\\', '/');
  return started?.endsWith(`/examples/${example}.ts`) ?? false;
}
