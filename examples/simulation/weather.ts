/** What a store does to those who use it, for the length of one history. */
import type { Decide, Fate, StoreCall } from '../conformance/faulty-store.ts';
import type { Random } from '../shared/random.ts';

export interface Weather {
  /** The longest that a call takes, there or back. */
  readonly slowMs: number;
  /** How many writes of a hundred fail as a whole, or in part. */
  readonly failing: number;
  readonly partial: number;
  /** How many reads of a hundred fail. */
  readonly unreadable: number;
  /** A row that is always refused: by name, or with its whole batch. */
  readonly poison: 'none' | 'named' | 'whole batch';
  readonly isPermanent: boolean;
}

const permanent = Object.assign(new Error('the row is refused'), {
  permanent: true,
});

/** The key that a store refuses where the weather is poisonous. */
export const poisonedKey = 'poison';

export function anyWeather(random: Random): Weather {
  return {
    slowMs: random.pick([0, 5, 40]),
    failing: random.pick([0, 0, 10, 40]),
    partial: random.pick([0, 0, 10, 40]),
    unreadable: random.pick([0, 0, 0, 10]),
    poison: random.pick(['none', 'none', 'named', 'whole batch']),
    isPermanent: random.chance(50),
  };
}

/** Decides over each call of the store, as the weather and chance have it. */
export function decideIn(weather: Weather, random: Random): Decide {
  return (call) => ({
    delayMs: random.between(0, weather.slowMs),
    answerMs: random.between(0, weather.slowMs),
    ...faultOf(call, weather, random),
  });
}

function faultOf(
  { type, keys }: StoreCall,
  weather: Weather,
  random: Random,
): Fate {
  if (type === 'read') {
    const fails = random.chance(weather.unreadable);
    return fails ? { error: new Error('the read timed out') } : {};
  }
  const { poison, isPermanent } = weather;
  if (poison !== 'none' && keys.includes(poisonedKey)) {
    if (poison === 'named') return { refused: [poisonedKey], isPermanent };
    return { error: isPermanent ? permanent : new Error('the batch failed') };
  }
  // Nobody can say which of the batch has landed.
  if (random.chance(weather.failing)) {
    return { error: new Error('connection reset'), landed: random.some(keys) };
  }
  if (random.chance(weather.partial)) return { refused: random.some(keys) };
  return {};
}
