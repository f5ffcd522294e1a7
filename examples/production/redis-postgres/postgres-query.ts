import pg from 'pg';

/** The query was not sent. The code is SQLSTATE's for a connection that failed. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code = '08006';
}

// #region query
/**
 * The rows that a statement returns. Rejects with a `ConnectionError` where
 * there is no connection, and otherwise with the error of the driver.
 */
export async function query<Row>(
  pool: pg.Pool,
  text: string,
  ...values: readonly unknown[]
): Promise<readonly Row[]> {
  const client = await checkOut(pool);
  let isBroken = false;
  try {
    const { rows } = await client.query(text, [...values]);
    return rows;
  } catch (error) {
    const isAnswer = error instanceof pg.DatabaseError;
    isBroken = !isAnswer || error.severity === 'FATAL';
    throw error;
  } finally {
    // What is still on its way on this connection must not meet another query.
    client.release(isBroken);
  }
}
// #endregion query

/** By a callback: a promise tells of a connection when it may be cut again. */
function checkOut(pool: pg.Pool): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) {
        const reason = error?.message ?? 'there is no client';
        reject(new ConnectionError(reason, { cause: error }));
        return;
      }
      // Without a listener, a connection that breaks would end the process.
      client.off('error', ignore).on('error', ignore);
      resolve(client);
    });
  });
}

/** Whoever has a query under way is told by its rejection. */
function ignore(): void {}
