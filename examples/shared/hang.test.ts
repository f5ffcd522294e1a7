import { expect, test } from 'vitest';
import { Hang } from './hang.ts';
import { VirtualClock } from './virtual-clock.ts';

test('whoever comes while it hangs goes on, in order, when it ends', async () => {
  const clock = new VirtualClock();
  const hang = new Hang();
  const gone: string[] = [];
  const pass = async (name: string) => {
    await hang.over();
    gone.push(name);
  };
  await pass('before');
  hang.begin();
  void pass('first');
  void pass('second');
  await clock.advance(1000);
  expect(gone).toEqual(['before']);
  hang.end();
  await clock.advance(0);
  expect(gone).toEqual(['before', 'first', 'second']);
});

test('nobody slips through between an end and a new beginning', async () => {
  const clock = new VirtualClock();
  const hang = new Hang();
  let isGone = false;
  hang.begin();
  void hang.over().then(() => {
    isGone = true;
  });
  hang.end();
  hang.begin();
  await clock.advance(1000);
  expect(isGone).toBe(false);
  hang.end();
  await clock.advance(0);
  expect(isGone).toBe(true);
});
