import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export interface Carts {
  get(user: string): Promise<string | undefined>;
  set(user: string, cart: string): Promise<void>;
}

export interface Setting {
  readonly store: Store<string, string>;
  readonly clock: VirtualClock;
  readonly ttlMs: number;
}

export type CartsClass = new (setting: Setting) => Carts;

/** Attempts for more than the time that the database is away. */
export const patience = { attempts: 30, maxDelayMs: 5000 };

/** The database refuses writes for 90 seconds; an entry lives for a minute. */
export async function story(Carts: CartsClass, print: Print): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({
    rows: [['haruka', 'tea']],
  });
  const carts = new Carts({ store, clock, ttlMs: 60_000 });
  const show = async (what: string) => {
    const time = `${clock.now() / 1000} s`.padStart(5);
    const cart = String(await carts.get('haruka')).padEnd(11);
    const stored = store.peek('haruka');
    print(`${time}  ${what.padEnd(20)} she sees ${cart} stored is ${stored}`);
  };
  const add = async (item: string) => {
    const cart = await carts.get('haruka');
    await carts.set('haruka', `${cart}+${item}`);
    await show(`she adds a ${item}`);
  };

  store.breakKey('haruka', new Error('the database is read-only'));
  await add('cup');
  await clock.advance(70_000);
  await show('no flush has worked');
  await add('pot');
  await clock.advance(20_000);
  store.mendKey('haruka');
  await clock.advance(10_000);
  await show('the database is back');

  store.commit({ type: 'set', key: 'haruka', value: 'tea', version: 0 });
  await show('support removes both');
  await clock.advance(60_000);
  await show('a minute later');
}
