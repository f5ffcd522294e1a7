/**
 * Whether the example was started as a program: by `npm run example`, by `node`
 * itself, or compiled, in the project that it was copied to. They run it as
 * different kinds of modules, and share no other way to tell.
 */
export function isMain(example: string): boolean {
  const started = globalThis.process?.argv[1]?.replaceAll('\\', '/');
  return started?.replace(/\.[jt]s$/, '').endsWith(`/${example}`) ?? false;
}
