import pg from 'pg';

// #region pool
export function openPool(url: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 2000,
    statement_timeout: 5000,
    // For a server that does not even say that the time is over.
    query_timeout: 10_000,
    ...options,
  });
  // Otherwise an idle connection that breaks would end the process.
  pool.on('error', () => {});
  return pool;
}
// #endregion pool
