import { describe, expect, test } from 'vitest';
import { newWrite, Register, type Write } from './register.ts';

/** Moments that follow each other, one a step. */
function setUp() {
  let step = 0;
  const next = () => {
    step += 1;
    return { step, ms: 0 };
  };
  const register = new Register('plan', 'row', next());
  const begin = (value: string | undefined) => {
    const kind = value === undefined ? 'delete' : 'set';
    const write = newWrite<string>('plan', kind, { value }, next());
    register.add(write);
    return write;
  };
  const acknowledge = (write: Write<string>) => {
    write.ended = next();
    write.isAcknowledged = true;
    register.acknowledge(write);
    return write;
  };
  const write = (value: string | undefined) => acknowledge(begin(value));
  const store = (write: Write<string>) => register.store(write, next());
  /** What a read may return that takes place now. */
  const readable = (...values: (string | undefined)[]) => {
    const { step: from } = next();
    const { step: to } = next();
    return values.filter((value) => register.allows(value, from, to));
  };
  return { register, next, begin, acknowledge, write, store, readable };
}

describe('a read may return', () => {
  test('the row, as long as nobody has written', () => {
    const { readable } = setUp();
    expect(readable('row', undefined)).toEqual(['row']);
  });

  test('the last write, and none that had ended before it began', () => {
    const { write, readable } = setUp();
    write('one');
    write('two');
    expect(readable('row', 'one', 'two')).toEqual(['two']);
  });

  test('either of two writes that overlap', () => {
    const { begin, acknowledge, readable } = setUp();
    const one = begin('one');
    const two = begin('two');
    acknowledge(two);
    acknowledge(one);
    expect(readable('row', 'one', 'two')).toEqual(['one', 'two']);
  });

  test('a write that has not ended, or what was before it', () => {
    const { write, begin, readable } = setUp();
    write('one');
    begin('two');
    expect(readable('row', 'one', 'two')).toEqual(['one', 'two']);
  });

  test('what was there when it began, and what came until its end', () => {
    const { register, next, write } = setUp();
    write('one');
    const from = next().step;
    write('two');
    const to = next().step;
    write('three');
    const values = ['row', 'one', 'two', 'three'];
    const allowed = values.filter((value) => register.allows(value, from, to));
    expect(allowed).toEqual(['one', 'two']);
  });

  test('nothing, after a delete', () => {
    const { write, readable } = setUp();
    write('one');
    write(undefined);
    expect(readable('row', 'one', undefined)).toEqual([undefined]);
  });

  test('what was before a dead letter, as well as the letter', () => {
    const { register, next, write, store, readable } = setUp();
    const one = write('one');
    store(one);
    const two = write('two');
    register.giveUp(two, next());
    expect(readable('row', 'one', 'two')).toEqual(['one', 'two']);
  });

  test('what a rejected write has left, or has not', () => {
    const { next, write, begin, readable } = setUp();
    write('one');
    begin('two').ended = next();
    expect(readable('row', 'one', 'two')).toEqual(['one', 'two']);
    write('three');
    expect(readable('one', 'two', 'three')).toEqual(['three']);
  });

  test('the row alone, once a process has died that had it in memory', () => {
    const { register, next, write, store, readable } = setUp();
    store(write('one'));
    write('two');
    register.loseMemory(next());
    expect(readable('row', 'one', 'two')).toEqual(['one']);
    expect(register.owed.size).toBe(0);
  });

  test('all that was acknowledged, where it must survive', () => {
    const { register, next, write, begin, readable } = setUp();
    write('one');
    begin('two');
    register.cut(next());
    expect(readable('row', 'one', 'two')).toEqual(['one', 'two']);
    write('three');
    expect(readable('row', 'one', 'two', 'three')).toEqual(['three']);
  });
});

describe('the cache owes the store', () => {
  test('what is acknowledged, until it or a later write is carried out', () => {
    const { register, write, store } = setUp();
    const one = write('one');
    const two = write('two');
    expect([...register.owed]).toEqual([one, two]);
    store(two);
    expect([...register.owed]).toEqual([]);
  });

  test('a later write when an earlier one is carried out', () => {
    const { register, write, store } = setUp();
    const one = write('one');
    const two = write('two');
    store(one);
    expect([...register.owed]).toEqual([two]);
  });

  test('no write that was carried out before its acknowledgement', () => {
    const { register, begin, acknowledge, store } = setUp();
    const one = begin('one');
    store(one);
    acknowledge(one);
    expect([...register.owed]).toEqual([]);
  });

  test('no write that others have taken over', () => {
    const { register, next, write } = setUp();
    write('one');
    register.giveUp(write('two'), next());
    expect([...register.owed]).toEqual([]);
  });
});
