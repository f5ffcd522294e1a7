import { expect, test } from 'vitest';
import { CacheClosedError } from './cache.ts';
import { sleep } from './clock.ts';
import { OpenWrites } from './open-writes.ts';
import { VirtualClock } from './virtual-clock.ts';

const down = new Error('the database is down');

test('a write ends as it ends', async () => {
  const writes = new OpenWrites();
  await writes.run(async () => 'done');
  await expect(writes.run(() => Promise.reject(down))).rejects.toBe(down);
});

test('closing waits for the writes under way, and for no others', async () => {
  const clock = new VirtualClock();
  const writes = new OpenWrites();
  await clock.until(writes.run(() => sleep(clock, 5)));
  const long = writes.run(() => sleep(clock, 20));
  await clock.until(Promise.all([writes.close(), writes.close()]));
  expect(clock.now()).toBe(25);
  await long;
  await writes.close();
});

test('closing does not fail with a write', async () => {
  const writes = new OpenWrites();
  const write = expect(writes.run(() => Promise.reject(down))).rejects.toBe(
    down,
  );
  await writes.close();
  await write;
});

test('a write that comes after closing has begun is not begun', async () => {
  const clock = new VirtualClock();
  const writes = new OpenWrites();
  const open = writes.run(() => sleep(clock, 20));
  const closing = writes.close();
  let isBegun = false;
  const late = writes.run(async () => {
    isBegun = true;
  });
  await expect(late).rejects.toThrow(new CacheClosedError('it is closed'));
  expect(isBegun).toBe(false);
  await clock.until(Promise.all([open, closing]));
});
