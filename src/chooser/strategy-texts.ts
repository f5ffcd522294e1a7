import { translate } from '@docusaurus/Translate';
import type { Companion } from '../../examples/start/choosing/choose.ts';
import type { Strategy } from '../../examples/start/choosing/verdicts.ts';

/** Where to read on; to do without a cache needs no page. */
export const strategyAddresses: Readonly<Partial<Record<Strategy, string>>> = {
  'write-through': '/strategies/write-through/',
  'write-around': '/strategies/write-around/',
  'cache-aside': '/strategies/cache-aside/',
  'read-through': '/strategies/read-through/',
  'write-behind': '/strategies/write-behind/',
  'write-behind-journal': '/strategies/write-behind/#journal',
};

export function strategyNames(): Readonly<Record<Strategy, string>> {
  return {
    'write-through': translate({
      id: 'dirtyBit.chooser.writeThrough',
      message: 'Write-through',
      description: 'A strategy that the chooser recommends',
    }),
    'write-around': translate({
      id: 'dirtyBit.chooser.writeAround',
      message: 'Write-around',
      description: 'A strategy that the chooser recommends',
    }),
    'cache-aside': translate({
      id: 'dirtyBit.chooser.cacheAside',
      message: 'Cache-aside, in the application',
      description: 'A strategy that the chooser recommends',
    }),
    'read-through': translate({
      id: 'dirtyBit.chooser.readThrough',
      message: 'Read-through, with writes around the cache',
      description: 'A strategy that the chooser recommends',
    }),
    'no-cache': translate({
      id: 'dirtyBit.chooser.noCache',
      message: 'No cache at all',
      description: 'A strategy that the chooser recommends',
    }),
    'write-behind': translate({
      id: 'dirtyBit.chooser.writeBehind',
      message: 'Write-behind, in memory',
      description: 'A strategy that the chooser recommends',
    }),
    'write-behind-journal': translate({
      id: 'dirtyBit.chooser.writeBehindJournal',
      message: 'Write-behind, with a journal',
      description: 'A strategy that the chooser recommends',
    }),
  };
}

/** What each strategy costs, whatever the answers are. */
export function strategyPrices(): Readonly<Record<Strategy, string>> {
  return {
    'write-through': translate({
      id: 'dirtyBit.chooser.writeThrough.price',
      message: 'Each write waits for the database, and then for the cache.',
      description: 'What write-through costs, in the chooser',
    }),
    'write-around': translate({
      id: 'dirtyBit.chooser.writeAround.price',
      message:
        'Each write waits for the database, and the next read has to load the value.',
      description: 'What write-around costs, in the chooser',
    }),
    'cache-aside': translate({
      id: 'dirtyBit.chooser.cacheAside.price',
      message:
        'Each place that writes has to remove the right entries, and a reader may put back an old one.',
      description: 'What cache-aside costs, in the chooser',
    }),
    'read-through': translate({
      id: 'dirtyBit.chooser.readThrough.price',
      message:
        'All callers of a key share one load and its errors, and other processes keep the old value until they hear of a change.',
      description: 'What read-through costs, in the chooser',
    }),
    'no-cache': translate({
      id: 'dirtyBit.chooser.noCache.price',
      message:
        'The database bears all reads and all writes, and is waited for each time.',
      description: 'What it costs to have no cache, in the chooser',
    }),
    'write-behind': translate({
      id: 'dirtyBit.chooser.writeBehind.price',
      message:
        'Somebody has to watch the queue, look into the dead letters, and let each shutdown drain.',
      description: 'What write-behind costs, in the chooser',
    }),
    'write-behind-journal': translate({
      id: 'dirtyBit.chooser.writeBehindJournal.price',
      message:
        'Each write waits for the journal, whose disk must not be lost; and the queue, the dead letters and the shutdown need care.',
      description: 'What write-behind with a journal costs, in the chooser',
    }),
  };
}

/** What goes with a strategy. */
export function companionTexts(): Readonly<Record<Companion, string>> {
  return {
    expiry: translate({
      id: 'dirtyBit.chooser.expiry',
      message:
        'Let entries expire: that bounds how long an old value stays when its removal fails.',
      description: 'In the chooser, what goes with a strategy',
    }),
    events: translate({
      id: 'dirtyBit.chooser.events',
      message:
        'Invalidate by event, so that what another process or program writes leaves the cache soon.',
      description: 'In the chooser, what goes with a strategy',
    }),
    tags: translate({
      id: 'dirtyBit.chooser.tags',
      message:
        'Invalidate by tag, so that a row takes along all that was composed of it.',
      description: 'In the chooser, what goes with a strategy',
    }),
  };
}
