import { expect, test } from 'vitest';
import { Hang } from '../../shared/hang.ts';
import { InMemoryShelf } from './in-memory-shelf.ts';
import type { Letter } from './letter.ts';
import { ShelvedLetters } from './shelved-letters.ts';

/** Holds up its calls while it hangs. */
class SlowShelf extends InMemoryShelf<string, number> {
  readonly hang = new Hang();

  override async put(letter: Letter<string, number>): Promise<void> {
    await this.hang.over();
    await super.put(letter);
  }

  override async remove(key: string): Promise<void> {
    await this.hang.over();
    await super.remove(key);
  }
}

function letter(version: number): Letter<string, number> {
  return {
    operation: { type: 'set', key: 'lamp', value: 49, version },
    ...{ reason: 'Error: down', kind: 'temporary' },
    ...{ attempts: 5, replays: 0, since: 0 },
  };
}

async function setUp() {
  const shelf = new SlowShelf();
  const letters = new ShelvedLetters<string, number>(shelf, []);
  await letters.put(letter(7));
  shelf.hang.begin();
  return { shelf, letters };
}

test('a letter that comes while an older one is removed stays, in both places', async () => {
  const { shelf, letters } = await setUp();
  const removed = letters.remove(letter(7).operation);
  // The removal is at the shelf by then.
  await new Promise<void>((resolve) => setImmediate(resolve));
  const put = letters.put(letter(9));
  shelf.hang.end();
  await Promise.all([removed, put]);
  expect(letters.get('lamp')).toEqual(letter(9));
  expect(shelf.entries()).toEqual([letter(9)]);
});

test('a letter is seen before it is on the shelf', async () => {
  const { shelf, letters } = await setUp();
  const put = letters.put(letter(9));
  expect(letters.get('lamp')).toEqual(letter(9));
  expect(shelf.entries()).toEqual([letter(7)]);
  shelf.hang.end();
  await put;
  expect(shelf.entries()).toEqual([letter(9)]);
});

test('of several changes at once, the shelf has the last', async () => {
  const { shelf, letters } = await setUp();
  const changes = [
    letters.put(letter(8)),
    letters.change(letter(7), { ...letter(7), replays: 1 }),
    letters.put(letter(9)),
    letters.remove(letter(8).operation),
  ];
  shelf.hang.end();
  await Promise.all(changes);
  expect(letters.get('lamp')).toEqual(letter(9));
  expect(shelf.entries()).toEqual([letter(9)]);
});
