/** Scores in memory, before a store that a sweep brings up to date. */
export interface Scores {
  get(player: string): number | undefined;
  set(player: string, score: number): void;
  /** Stores what is dirty. Called again only when the last one has ended. */
  sweep(): Promise<void>;
}
