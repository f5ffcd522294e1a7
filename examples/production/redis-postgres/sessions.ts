import type { Shape } from './postgres-statements.ts';

export interface Session {
  readonly page: string;
  readonly cart: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lastActivity: number;
}

// #region shape
export const sessions: Shape<Session, SessionRow> = {
  table: 'user_sessions',
  key: 'user_id',
  columns: { session_data: 'jsonb', last_activity: 'timestamptz' },
  toRow: ({ lastActivity, ...data }) => ({
    session_data: data,
    last_activity: new Date(lastActivity),
  }),
  fromRow: ({ session_data, last_activity }) => ({
    ...session_data,
    lastActivity: last_activity.getTime(),
  }),
};
// #endregion shape

interface SessionRow {
  readonly session_data: Omit<Session, 'lastActivity'>;
  readonly last_activity: Date;
}
