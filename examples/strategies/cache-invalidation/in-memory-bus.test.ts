import { expect, test } from 'vitest';
import { TimeoutError, within } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';

function setUp() {
  const clock = new VirtualClock();
  const bus = new InMemoryBus<string>({ publishMs: 1, deliverMs: 2, clock });
  const heard: string[] = [];
  const unsubscribe = bus.subscribe((event) => {
    heard.push(`${event} at ${clock.now()}`);
  });
  return { clock, bus, heard, unsubscribe };
}

test('an event is heard after it was published', async () => {
  const { clock, bus, heard } = setUp();
  await clock.until(bus.publish('first'));
  expect(clock.now()).toBe(1);
  await clock.advance(10);
  expect(heard).toEqual(['first at 3']);
});

test('all who listen hear it, until they stop', async () => {
  const { clock, bus, heard, unsubscribe } = setUp();
  const stop = bus.subscribe((event) => heard.push(`${event} here too`));
  await clock.until(bus.publish('first'));
  await clock.advance(10);
  stop();
  await clock.until(bus.publish('second'));
  await clock.advance(10);
  unsubscribe();
  await clock.until(bus.publish('third'));
  await clock.advance(10);
  expect(heard).toEqual(['first at 3', 'first here too', 'second at 14']);
  expect(bus.listeners).toBe(0);
  expect(bus.published).toBe(3);
});

test('the next events meet the fates that they were given', async () => {
  const { clock, bus, heard } = setUp();
  bus.loseNext();
  bus.delayNext(9);
  bus.repeatNext(5);
  const events = ['lost', 'late', 'twice', 'as ever'];
  await clock.until(Promise.all(events.map((event) => bus.publish(event))));
  await clock.advance(20);
  expect(heard).toEqual([
    'twice at 3',
    'as ever at 3',
    'twice at 6',
    'late at 10',
  ]);
});

test('it takes no event while it is down', async () => {
  const { clock, bus, heard } = setUp();
  bus.breakDown();
  await expect(clock.until(bus.publish('first'))).rejects.toThrow(
    'the bus is down',
  );
  bus.mend();
  await clock.until(bus.publish('second'));
  await clock.advance(10);
  expect(heard).toEqual(['second at 4']);
});

test('it takes an event when it no longer hangs', async () => {
  const { clock, bus, heard } = setUp();
  bus.hang();
  const published = bus.publish('first');
  await expect(clock.until(within(clock, 50, published))).rejects.toThrow(
    TimeoutError,
  );
  bus.recover();
  await clock.advance(10);
  expect(heard).toEqual(['first at 53']);
});
