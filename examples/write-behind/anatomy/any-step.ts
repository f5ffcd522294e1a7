/** What happens to a cache and its store while somebody watches its ports. */
import fc from 'fast-check';
import type { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { VirtualClock } from '../../shared/virtual-clock.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

export interface World {
  readonly clock: VirtualClock;
  readonly store: InMemoryStore<string, number>;
  readonly cache: WriteBehindCache<string, number>;
}

export type Step =
  | { readonly type: 'set' | 'delete'; readonly keys: readonly string[] }
  | { readonly type: 'break'; readonly key: string; readonly forGood: boolean }
  | { readonly type: 'mend'; readonly key: string }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'fail' | 'flush' };

export const anyKey = fc.constantFrom('a', 'b', 'c');

const anyWrite = fc.record({
  type: fc.constantFrom('set' as const, 'delete' as const),
  keys: fc.array(anyKey),
});
const anyBreak = fc.record({
  type: fc.constant('break' as const),
  key: anyKey,
  forGood: fc.boolean(),
});
const anyMend = fc.record({ type: fc.constant('mend' as const), key: anyKey });
const anyWait = fc.record({
  type: fc.constant('wait' as const),
  ms: fc.nat(40),
});
const anyOther = fc.record({
  type: fc.constantFrom('fail' as const, 'flush' as const),
});

/** Each type is as likely as any other. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: anyWrite },
  { weight: 1, arbitrary: anyBreak },
  { weight: 1, arbitrary: anyMend },
  { weight: 1, arbitrary: anyWait },
  { weight: 2, arbitrary: anyOther },
);

const permanent = Object.assign(new Error('refused'), { permanent: true });

/** Returns the writes that it has begun. */
export async function play(
  step: Step,
  value: number,
  { clock, store, cache }: World,
): Promise<readonly Promise<void>[]> {
  switch (step.type) {
    case 'set':
      return step.keys.map((key) => cache.set(key, value));
    case 'delete':
      return step.keys.map((key) => cache.delete(key));
    case 'break':
      store.breakKey(step.key, step.forGood ? permanent : new Error('locked'));
      return [];
    case 'mend':
      store.mendKey(step.key);
      return [];
    case 'wait':
      await clock.advance(step.ms);
      return [];
    case 'fail':
      store.failNextWrites(new Error('deadlock'));
      return [];
    case 'flush':
      void cache.flush();
      return [];
  }
}
