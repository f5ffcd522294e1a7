import { expect, test } from 'vitest';
import { Ledger, type Rows } from './ledger.ts';

function rows(scores: Readonly<Record<string, [number, number]>>): Rows {
  return new Map(
    Object.entries(scores).map(([player, [score, version]]) => [
      player,
      { score, version },
    ]),
  );
}

const first = `opened
recovered
acknowledged 1 ada 1
acknowledged 2 ada 2
sends 12 ada 2
stored 12 ada 2
acknowledged 3 ada 3
sends 13 ada 3
acknowledged 4 ada 4
acknow`;

test('what the next process brings to the store is recovered', () => {
  const ledger = new Ledger();
  ledger.enter(first, rows({ ada: [2, 12] }));
  ledger.enter('opened\nsends 14 ada 4\n', rows({ ada: [4, 14] }));
  expect(ledger.tally()).toEqual({
    kills: 1,
    acknowledged: 4,
    stored: 2,
    recovered: 2,
    lost: 0,
    duplicated: 0,
  });
});

test('what is in the store nowhere in the end is lost', () => {
  const ledger = new Ledger();
  ledger.enter(first, rows({ ada: [2, 12] }));
  ledger.enter('opened\nsends 13 ada 3\n', rows({ ada: [3, 13] }));
  expect(ledger.tally()).toMatchObject({ stored: 2, recovered: 1, lost: 1 });
  const write = (score: number) => ({ player: 'ada', score });
  expect(ledger.deaths()[0]).toEqual({
    unstored: [write(3), write(4)],
    lost: [write(4)],
    pending: [write(3), write(4)],
    unsent: [write(4)],
  });
});

test('what the store has already is a duplicate if it is replayed', () => {
  const ledger = new Ledger();
  ledger.enter(first, rows({ ada: [3, 13] }));
  const replay = 'opened\nsends 13 ada 3\nstored 13 ada 3\nrecovered\n';
  ledger.enter(`${replay}sends 13 ada 3\n`, rows({ ada: [3, 13] }));
  expect(ledger.tally()).toMatchObject({ duplicated: 1, lost: 1 });
});

test('a row that goes back is an error', () => {
  const ledger = new Ledger();
  ledger.enter(first, rows({ ada: [3, 13] }));
  const older = rows({ ada: [2, 12] });
  expect(() => ledger.enter('', older)).toThrow('ada: expected at least 3');
  expect(() => ledger.enter('', new Map())).toThrow('got undefined');
});
