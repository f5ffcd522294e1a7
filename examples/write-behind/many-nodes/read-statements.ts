import { sqlRegion } from '../../shared/sql-region.ts';
import type { Statements } from './postgres-store.ts';

/** Those of `users.sql`. Its region `schema` is for the first time. */
export function readStatements(file: string): Statements {
  return {
    claim: sqlRegion(file, 'claim'),
    seen: sqlRegion(file, 'seen'),
    call: sqlRegion(file, 'call'),
    read: sqlRegion(file, 'read'),
  };
}
