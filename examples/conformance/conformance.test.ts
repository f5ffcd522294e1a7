import { describe, expect, test } from 'vitest';
import type { Candidate, PromiseId } from './candidate.ts';
import { describeConformance } from './conformance.ts';
import { type Fault, OneFaultCache } from './one-fault-cache.ts';
import { checks, describeFailure, play, verify, verifyAll } from './verify.ts';

function candidate(fault?: Fault, isDurable = true): Candidate {
  return {
    name: fault === undefined ? 'a right cache' : `a cache that ${fault}`,
    isDurable,
    create: (setting) => new OneFaultCache(setting, fault),
  };
}

describeConformance(candidate());

/** For each check a fault that it must find. */
const culprits: Readonly<Record<string, Fault>> = {
  'a read returns the last write before, while and after it is stored':
    'forgets what it sends',
  'a read returns the last write while the store fails': 'forgets what fails',
  'an old answer of the store does not replace a write':
    'lets an old answer win',
  'an old answer of the store does not replace a write that is stored':
    'lets an old answer win',
  'a read of what only memory has does not need the store':
    'asks the store each time',
  'a read returns the last write, whatever comes and however long it waits':
    'expires what is dirty',
  'an update starts from the last write': 'updates the row',

  'a write that comes while an older one is on its way is the last':
    'clears what is newer',
  'a slow older write does not land on a newer one': 'overlaps itself',
  'an older write that fails does not return over a newer one':
    'puts back over what is newer',
  'an older write that is tried again does not land on a newer one':
    'tries the old again',
  'a set and a delete of one window keep their order':
    'sends sets, then deletes',
  'no update is lost to another': 'updates without a turn',

  'a flush ends when all is stored, in as many batches as it takes':
    'flushes one batch',
  'a flush waits for what is on its way already': 'skips what is on its way',
  'a batch that fails comes again': 'forgets what fails',
  'a flush does not hide that it failed': 'forgets what fails',
  'what the store refuses of a batch comes again': 'forgets what fails',
  'the end of a write says nothing of a newer one': 'clears what is newer',

  'a slow write stays alone while the key is written again': 'overlaps itself',
  'a slow write stays alone, although flushes are asked for': 'overlaps itself',
  'what is tried again stays alone': 'overlaps itself',

  'a read finds nothing before, while and after the delete is stored':
    'reads behind a delete',
  'a read finds nothing while the store fails': 'forgets what fails',
  'an old answer of the store does not bring the value back':
    'lets an old answer win',
  'an old answer does not bring back what is deleted in the store':
    'lets an old answer win',

  'a lone write sets out by itself': 'has no alarm',
  'a key that is written all the time sets out nevertheless':
    'postpones the alarm',
  'a write that hangs holds up no other key': 'sends one batch at a time',
  'slow batches set out side by side': 'sends one batch at a time',
  'a write that came while its key was on its way follows by itself':
    'forgets what follows',

  'no more keys wait than may, while the store hangs': 'has no bound',
  'no more keys wait than may, while the store fails': 'has no bound',
  'a write that found no room is answered when there is room again':
    'never admits who waits',
  'a write that found no room is answered, although batches failed':
    'never admits who waits',
  'what waits for the store stays in memory, however much comes':
    'evicts what is dirty',
  'what waits for the store stays in memory, however long it waits':
    'expires what is dirty',

  'a row that is refused by name stands alone': 'blames the whole batch',
  'a row that is refused by name and for good stands alone':
    'blames the whole batch',
  'a row that fails its batch without a name stands alone':
    'blames the whole batch',
  'a row that fails its batch for good without a name stands alone':
    'blames the whole batch',
  'a later write of a key has attempts of its own': 'counts attempts by key',
  'a dead letter that is not taken is not lost': 'drops refused letters',

  'what was acknowledged survives, whenever the process dies': 'has no journal',
  'what was acknowledged a moment ago survives':
    'journals after the acknowledgement',
  'what the store has failed to take survives, unlike its neighbours':
    'clears the whole journal',
  'a second crash, while the first is made good, does no harm':
    'takes from the journal at once',
  'what is stored twice does not return over a newer write': 'has no journal',
  'the last of many writes survives, not an earlier one':
    'journals the first write only',
  'a delete survives': 'journals no deletes',
  'a read after the restart returns what was acknowledged': 'has no journal',

  'a write is refused once it closes': 'accepts while it closes',
  'close brings all home, in as many batches as it takes': 'flushes one batch',
  'close waits for what is on its way, and for what came meanwhile':
    'skips what is on its way',
  'close tries again what fails': 'forgets what fails',
  'close ends in time although the store hangs, and says what is left':
    'waits for ever to close',
  'closing again gives the same': 'closes once',

  '0 is written, stored and read back': 'stores what is truthy',
  '0 is read from the store': 'stores what is truthy',
  "'' is written, stored and read back": 'stores what is truthy',
  "'' is read from the store": 'stores what is truthy',
  'false is written, stored and read back': 'stores what is truthy',
  'false is read from the store': 'stores what is truthy',
  'null is written, stored and read back': 'stores what is truthy',
  'null is read from the store': 'stores what is truthy',

  'a write is acknowledged at once while the store hangs': 'writes through',
  'a write is acknowledged at once while a batch is on its way':
    'writes through',
  'the write that fills a batch is acknowledged at once': 'flushes inside set',
  'a write is acknowledged while the store fails': 'flushes inside set',
  'an update of a known key is acknowledged at once': 'writes through',
};

describe('each check can fail', () => {
  for (const check of checks) {
    const fault = culprits[check.name];
    test(`${check.promise}: ${check.name}, unless it ${fault}`, async () => {
      const failure = await play(check, candidate(fault));
      expect(failure?.findings[0].promise).toBe(check.promise);
    });
  }
});

/** What else breaks would be a check that is not fair. */
const broken: Readonly<Record<Fault, readonly PromiseId[]>> = {
  'accepts while it closes': ['P10'],
  'asks the store each time': ['P1', 'P5', 'P7', 'P12'],
  'blames the whole batch': ['P8'],
  'clears what is newer': ['P1', 'P2', 'P3', 'P6', 'P10'],
  'clears the whole journal': ['P9'],
  'closes once': ['P10'],
  'closes without a report': ['P8', 'P10'],
  'counts attempts by key': ['P8'],
  'drops refused letters': ['P8'],
  'evicts what is dirty': ['P1', 'P7'],
  'expires what is dirty': ['P1', 'P7'],
  'flushes inside set': ['P12'],
  'flushes one batch': ['P3', 'P10'],
  'forgets what fails': ['P1', 'P3', 'P5', 'P8', 'P10'],
  'forgets what follows': ['P6', 'P10'],
  'forgets what it sends': ['P1', 'P5', 'P7'],
  'has no alarm': ['P6', 'P7', 'P8', 'P10', 'P12'],
  'has no bound': ['P7'],
  'has no journal': ['P9'],
  'journals after the acknowledgement': ['P9'],
  'journals no deletes': ['P9'],
  'journals the first write only': ['P9'],
  'lets an old answer win': ['P1', 'P2', 'P5'],
  'never admits who waits': ['P7', 'P12'],
  'overlaps itself': ['P2', 'P4'],
  'postpones the alarm': ['P6'],
  'puts back over what is newer': ['P2'],
  'reads behind a delete': ['P5'],
  'sends one batch at a time': ['P6'],
  'sends sets, then deletes': ['P2', 'P6'],
  'skips what is on its way': ['P3', 'P10'],
  'stores what is truthy': ['P11'],
  'takes from the journal at once': ['P9'],
  'tries the old again': ['P2', 'P8'],
  'updates the row': ['P1', 'P2', 'P12'],
  'updates without a turn': ['P2'],
  'waits for ever to close': ['P10'],
  'writes through': ['P12'],
};

describe('a fault breaks these promises, and no others', () => {
  for (const [fault, expected] of Object.entries(broken)) {
    test(`${fault}: ${expected.join(', ')}`, async () => {
      const isDurable = expected.includes('P9');
      const verdicts = await verifyAll(candidate(fault as Fault, isDurable));
      const found = verdicts.filter(({ state }) => state === 'broken');
      expect(found.map(({ promise }) => promise)).toEqual(expected);
    });
  }
});

test('a failure tells what was expected, what came, and how', async () => {
  const verdict = await verify(candidate('has no alarm'), 'P6');
  const [failure] = verdict.failures;
  expect(failure?.check).toBe('a lone write sets out by itself');
  const lines = failure && describeFailure(failure).split('\n');
  expect(lines?.slice(0, 6)).toEqual([
    "P6 bounded age, at 300 ms: expected set('plan', 'pro'), acknowledged at 0 ms, to set out by 100 ms; got no call to the store",
    'What happened:',
    '     0 ms  journal.values',
    "     0 ms  set plan = 'pro'",
    "     0 ms  journal.set 'plan' plan = 'pro'",
    '   300 ms  !! P6',
  ]);
});

test('a cache is not asked for what it does not mean to do', async () => {
  const plain: Candidate = {
    name: 'a cache in memory, without update',
    create(setting) {
      const cache = new OneFaultCache(setting);
      return {
        get: (key) => cache.get(key),
        set: (key, value) => cache.set(key, value),
        delete: (key) => cache.delete(key),
        flush: () => cache.flush(),
        close: (options) => cache.close(options),
      };
    },
  };
  const verdicts = await verifyAll(plain);
  expect(verdicts.filter(({ state }) => state !== 'kept')).toEqual([
    { promise: 'P9', state: 'not asked', failures: [] },
  ]);
});
