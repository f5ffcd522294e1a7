import { expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { RecentRows } from './recent-rows.ts';

/** The row of a key has the time as its version. A read takes 10 ms. */
function setUp() {
  const clock = new VirtualClock();
  const found: string[] = [];
  const rows = new RecentRows<string, string>({
    clock,
    maxAgeMs: 100,
    maxRows: 2,
    async find(key) {
      found.push(key);
      const version = clock.now();
      await sleep(clock, 10);
      return { value: key, version };
    },
  });
  const read = (key: string) => clock.until(rows.get(key));
  return { clock, rows, read, found };
}

test('a row is not read again until it is too old', async () => {
  const { clock, read, found } = setUp();
  await read('lamp');
  await clock.advance(99);
  await read('lamp');
  expect(found).toEqual(['lamp']);
  await clock.advance(1);
  expect(await read('lamp')).toEqual({ value: 'lamp', version: 110 });
});

test('being used does not make it any younger', async () => {
  const { clock, read, found } = setUp();
  await read('lamp');
  for (let ms = 0; ms < 100; ms += 50) {
    await read('lamp');
    await clock.advance(50);
  }
  await read('lamp');
  expect(found).toHaveLength(2);
});

test('whoever misses it meanwhile shares the read', async () => {
  const { clock, rows, found } = setUp();
  await clock.until(Promise.all([rows.get('lamp'), rows.get('lamp')]));
  expect(found).toEqual(['lamp']);
});

test('a read that began before a newer row came is not kept', async () => {
  const { clock, rows, read } = setUp();
  const reading = rows.get('lamp');
  rows.put('lamp', { value: 'Black lamp', version: 1 });
  await clock.until(reading);
  expect(await read('lamp')).toEqual({ value: 'Black lamp', version: 1 });
});

test('a read that began before the row was forgotten is not kept', async () => {
  const { clock, rows, read, found } = setUp();
  const reading = rows.get('lamp');
  rows.forget('lamp');
  await clock.until(reading);
  await read('lamp');
  expect(found).toEqual(['lamp', 'lamp']);
});

test('beyond its bound, what was used least recently is forgotten', async () => {
  const { read, found } = setUp();
  for (const key of ['lamp', 'chair', 'lamp', 'kettle', 'lamp']) {
    await read(key);
  }
  expect(found).toEqual(['lamp', 'chair', 'kettle']);
  await read('chair');
  expect(found).toHaveLength(4);
});

test('a read that fails is told, and the next one begins anew', async () => {
  const clock = new VirtualClock();
  let reads = 0;
  const rows = new RecentRows<string, string>({
    ...{ clock, maxAgeMs: 100, maxRows: 2 },
    async find() {
      reads += 1;
      if (reads === 1) throw new Error('connection reset');
      return { value: 'lamp', version: 1 };
    },
  });
  await expect(rows.get('lamp')).rejects.toThrow('connection reset');
  expect(await rows.get('lamp')).toMatchObject({ value: 'lamp' });
});
