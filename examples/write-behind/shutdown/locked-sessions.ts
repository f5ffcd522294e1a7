import pg from 'pg';
import type { Server } from '../../services/server.ts';

/** As a migration does: whoever writes a session waits until it is released. */
export async function lockSessions(postgres: Server) {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE user_sessions');
  return {
    release: () => client.end(),
    /**
     * Ends who waits. Or the statement of a client that has gone meanwhile
     * would be carried out when the lock is released.
     */
    async endWaiting(): Promise<void> {
      await client.query(
        `SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
         WHERE wait_event_type = 'Lock'`,
      );
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
