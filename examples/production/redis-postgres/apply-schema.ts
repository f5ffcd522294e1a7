import fs from 'node:fs/promises';
import type { Pool } from 'pg';
import { projectFile } from '../../shared/project-file.ts';

/** Each start of the program may do so: what is there stays as it is. */
export async function applySchema(pool: Pool): Promise<void> {
  const file = projectFile('examples/production/redis-postgres/schema.sql');
  // Several statements in one query are one transaction.
  await pool.query(await fs.readFile(file, 'utf8'));
}
