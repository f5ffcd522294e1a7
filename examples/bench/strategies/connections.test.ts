import { expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { Connections } from './connections.ts';

function setUp(count: number) {
  const clock = new VirtualClock();
  const connections = new Connections(count);
  const ends: string[] = [];
  const call = async (name: string, ms: number) => {
    await connections.run(() => sleep(clock, ms));
    ends.push(`${clock.now()} ${name}`);
  };
  return { clock, connections, ends, call };
}

test('so many calls go on at a time, and others wait in line', async () => {
  const { clock, ends, call } = setUp(2);
  for (const name of ['a', 'b', 'c', 'd']) void call(name, 10);
  await clock.advance(100);
  expect(ends).toEqual(['10 a', '10 b', '20 c', '20 d']);
});

test('a call that comes when one ends goes behind those that wait', async () => {
  const { clock, ends, call } = setUp(1);
  void call('a', 10).then(() => call('late', 1));
  void call('waits', 10);
  await clock.advance(100);
  expect(ends).toEqual(['10 a', '20 waits', '21 late']);
});

test('a connection is free again once nobody uses it', async () => {
  const { clock, ends, call } = setUp(1);
  await clock.until(call('a', 10));
  await clock.until(call('b', 10));
  expect(ends).toEqual(['10 a', '20 b']);
});

test('a call that fails gives its connection back', async () => {
  const { clock, connections, ends, call } = setUp(1);
  const lost = new Error('lost');
  const failing = connections.run(() => Promise.reject(lost));
  await expect(failing).rejects.toBe(lost);
  await clock.until(call('next', 10));
  expect(ends).toEqual(['10 next']);
});
