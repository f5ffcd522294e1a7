/** For the log: PostgreSQL quotes rows in what it adds to its message. */
export function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const options = cause === undefined ? {} : { cause: withoutRows(cause) };
  const errors = error instanceof AggregateError ? error.errors : [];
  const kept =
    errors.length === 0
      ? new Error(message, options)
      : new AggregateError(errors.map(withoutRows), message, options);
  const code = 'code' in error ? { code: error.code } : {};
  return Object.assign(kept, { name, stack, ...code });
}
