/** What a journal says when it is not what was written. */
import type { Operation } from '../../shared/store.ts';

export interface Damage {
  /** For whoever looks for it: 'entry 17', 'behind entry 17'. */
  readonly where: string;
  readonly reason: string;
  /** What is there now, as far as it can be read. */
  readonly found?: string;
}

export interface Salvage<V> {
  readonly damage: readonly Damage[];
  /** All that can still be read, in order: what precedes the damage, at least. */
  readonly intact: readonly Operation<string, V>[];
  /** The highest that was ever appended, as far as anybody knows. */
  readonly lastVersion: number;
}

export class JournalDamagedError<V> extends Error implements Salvage<V> {
  override readonly name = 'JournalDamagedError';
  readonly damage: readonly Damage[];
  readonly intact: readonly Operation<string, V>[];
  readonly lastVersion: number;

  constructor(journal: string, { damage, intact, lastVersion }: Salvage<V>) {
    const places = damage.map(({ where, reason }) => `${where}: ${reason}`);
    super(`${journal} is damaged: ${places.join('; ')}`);
    this.damage = damage;
    this.intact = intact;
    this.lastVersion = lastVersion;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
