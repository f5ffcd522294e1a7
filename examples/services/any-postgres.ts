import { startPostgres } from './postgres.ts';

/** A PostgreSQL for a demo, wherever it comes from. */
export interface AnyPostgres {
  readonly url: string;
  readonly what: string;
  stop(): Promise<void>;
}

/** The reader's own, or the one of npm's package. */
export async function openPostgres(): Promise<AnyPostgres> {
  const { DATABASE_URL: url } = process.env;
  if (url)
    return { url, what: 'the one of DATABASE_URL', stop: async () => {} };
  const server = await startPostgres();
  return {
    url: server.url,
    what: 'embedded, started for this run',
    stop: () => server.stop(),
  };
}
