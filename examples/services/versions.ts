/** Which servers this process has started, for whoever measures them. */
const started = new Map<string, string>();

/** Remembers the version of a server, if it prints one as `format` says. */
export function noteVersion(output: string, format: RegExp): void {
  const { name, version } = format.exec(output)?.groups ?? {};
  if (name !== undefined && version !== undefined) started.set(name, version);
}

/** Such as `{ PostgreSQL: '17.5' }`, in the order of their names. */
export function startedVersions(): Readonly<Record<string, string>> {
  return Object.fromEntries([...started].sort());
}
