import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Write = Extract<Operation<string, number>, { type: 'set' }>;

export interface Prices extends Pick<Store<string, number>, 'write'> {
  /** Asks for no version: whoever comes last has the row. */
  put(write: Write): Promise<void>;
}

/** Makes a queue that hands writes to the table; resolves with its entrance. */
export type OpenQueue = (
  prices: Prices,
  clock: VirtualClock,
) => Promise<(write: Write) => Promise<void>>;

/** Two prices of one product. The first one meets a deadlock. */
export async function story(
  queue: string,
  open: OpenQueue,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const rows = new InMemoryStore<string, number>({ clock, writeMs: 10 });
  const deadlock = new Error('deadlock detected');
  rows.failNextWrites(Object.assign(deadlock, { code: '40P01' }));

  const tell = (what: string) => {
    print(`${String(clock.now()).padStart(6)} ms  ${what}`);
  };
  const told = async (values: string, work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      tell(`${values} fails: ${deadlock.message}`);
      throw error;
    }
    tell(`${values} is sent, the row has ${rows.peek('product 7')}`);
  };
  const prices: Prices = {
    put: ({ key, value }) => told(String(value), rows.put(key, value)),
    write: (batch) => told(valuesOf(batch), rows.write(batch)),
  };

  print(queue);
  const accept = await open(prices, clock);
  for (const [index, value] of [29, 24].entries()) {
    const version = index + 1;
    await accept({ type: 'set', key: 'product 7', value, version });
    tell(`${value} is accepted as version ${version}`);
    await clock.advance(5);
  }
  await clock.advance(60_000);
  print(`  a minute later, the row has ${rows.peek('product 7')}`);
}

function valuesOf(batch: readonly Operation<string, number>[]): string {
  const values = batch.flatMap((operation) =>
    operation.type === 'set' ? [operation.value] : [],
  );
  return values.join(', ');
}
