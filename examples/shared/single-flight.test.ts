import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { SingleFlight } from './single-flight.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Flights of work that takes 10 ms and counts how often it was begun. */
function setUp() {
  const clock = new VirtualClock();
  const flights = new SingleFlight<string, number>();
  let begun = 0;
  const work = async () => {
    begun += 1;
    const number = begun;
    await sleep(clock, 10);
    return number;
  };
  const fail = async () => {
    begun += 1;
    await sleep(clock, 10);
    throw new Error('connection reset');
  };
  return { clock, flights, work, fail, begun: () => begun };
}

describe('single flight', () => {
  test('does once what many ask for at the same time', async () => {
    const { clock, flights, work, begun } = setUp();
    const first = flights.run('haruka', work);
    await clock.advance(9);
    const second = flights.run('haruka', work);
    expect(await clock.until(Promise.all([first, second]))).toEqual([1, 1]);
    expect(clock.now()).toBe(10);
    expect(begun()).toBe(1);
  });

  test('keeps keys apart', async () => {
    const { clock, flights, work } = setUp();
    const both = [flights.run('haruka', work), flights.run('linh', work)];
    expect(await clock.until(Promise.all(both))).toEqual([1, 2]);
    expect(clock.now()).toBe(10);
  });

  test('starts anew for who comes after the end', async () => {
    const { clock, flights, work } = setUp();
    const again = flights
      .run('haruka', work)
      .then(() => flights.run('haruka', work));
    expect(await clock.until(again)).toBe(2);
  });

  test('gives all the same error, and starts anew after it', async () => {
    const { clock, flights, work, fail, begun } = setUp();
    const both = [flights.run('haruka', fail), flights.run('haruka', work)];
    const outcomes = await clock.until(Promise.allSettled(both));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(begun()).toBe(1);
    expect(await clock.until(flights.run('haruka', work))).toBe(2);
  });

  test('rejects where the work throws before it returns a promise', async () => {
    const { flights } = setUp();
    const thrown = flights.run('haruka', () => {
      throw new Error('no such table');
    });
    await expect(thrown).rejects.toThrow('no such table');
    expect(flights.size).toBe(0);
  });

  test('keeps nothing when the work is done, well or not', async () => {
    const { clock, flights, work, fail } = setUp();
    const well = flights.run('haruka', work);
    const badly = flights.run('linh', fail);
    expect(flights.size).toBe(2);
    await clock.until(Promise.allSettled([well, badly]));
    expect(flights.size).toBe(0);
  });

  test('waits for itself where the work asks for its own key', async () => {
    const { clock, flights, work } = setUp();
    const nested = flights.run('haruka', () => flights.run('haruka', work));
    await expect(clock.until(nested)).rejects.toThrow('it would never settle');
  });
});

describe('a flight that is forgotten', () => {
  test('still answers those who have joined it, and nobody else', async () => {
    const { clock, flights, work } = setUp();
    const old = flights.run('haruka', work);
    await clock.advance(5);
    flights.forget('haruka');
    const fresh = flights.run('haruka', work);
    expect(await clock.until(Promise.all([old, fresh]))).toEqual([1, 2]);
  });

  test('ends without an effect on its successor', async () => {
    const { clock, flights, work } = setUp();
    const old = flights.run('haruka', work);
    await clock.advance(5);
    flights.forget('haruka');
    const fresh = flights.run('haruka', work);
    await clock.until(old);
    const joined = flights.run('haruka', work);
    expect(await clock.until(Promise.all([fresh, joined]))).toEqual([2, 2]);
  });

  test('can tell that it is', async () => {
    const { clock, flights } = setUp();
    const answers: boolean[] = [];
    const ask = async (isCurrent: () => boolean) => {
      answers.push(isCurrent());
      await sleep(clock, 10);
      answers.push(isCurrent());
      return answers.length;
    };
    await clock.until(flights.run('haruka', ask));
    expect(answers.splice(0)).toEqual([true, true]);
    const forgotten = flights.run('haruka', ask);
    await clock.advance(5);
    flights.forget('haruka');
    const successor = flights.run('haruka', () => 0);
    await clock.until(Promise.all([forgotten, successor]));
    expect(answers).toEqual([true, false]);
  });
});

test('in whatever order the steps come, a key has one flight at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.record({ key: fc.constantFrom('a', 'b'), fails: fc.boolean() }),
      ),
      async (scheduler, calls) => {
        const flights = new SingleFlight<string, string>();
        const underWay = new Set<string>();
        const asked = calls.map(async ({ key, fails }, index) => {
          await scheduler.schedule(Promise.resolve(), `call ${index}`);
          return flights.run(key, async () => {
            expect(underWay).not.toContain(key);
            underWay.add(key);
            await scheduler.schedule(Promise.resolve(), `work ${index}`);
            underWay.delete(key);
            if (fails) throw new Error('connection reset');
            return key;
          });
        });
        const outcomes = await scheduler.waitFor(Promise.allSettled(asked));
        outcomes.forEach((outcome, index) => {
          if (outcome.status === 'rejected') {
            expect(outcome.reason).toEqual(new Error('connection reset'));
          } else {
            expect(outcome.value).toBe(calls[index]?.key);
          }
        });
        expect(flights.size).toBe(0);
      },
    ),
  );
});
