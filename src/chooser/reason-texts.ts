import { translate } from '@docusaurus/Translate';
import type { Reason } from '../../examples/start/choosing/verdicts.ts';

/** Where a reason that asks for something is told at length. */
export const reasonAddresses: Readonly<Partial<Record<Reason, string>>> = {
  'accepts-in-outage': '/strategies/write-behind/#options',
  'outage-may-be-lost': '/strategies/write-behind/#journal',
  'owner-adds': '/strategies/write-behind/#variants',
  'others-raise-no-version': '/strategies/write-through/#version',
};

/** What speaks for a strategy, against it, or rules it out. */
export function reasonTexts(): Readonly<Record<Reason, string>> {
  return {
    'loss-is-allowed': translate({
      id: 'dirtyBit.chooser.lossIsAllowed',
      message:
        'It acknowledges from memory, and a crash may take the last writes.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'keeps-what-may-be-lost': translate({
      id: 'dirtyBit.chooser.keepsWhatMayBeLost',
      message: 'Each write waits for a journal, to keep what you may lose.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'stored-first': translate({
      id: 'dirtyBit.chooser.storedFirst',
      message: 'It acknowledges after the database has stored the write.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'journal-survives': translate({
      id: 'dirtyBit.chooser.journalSurvives',
      message:
        'A write is in the journal before it is acknowledged, and is replayed after a crash.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'memory-is-lost': translate({
      id: 'dirtyBit.chooser.memoryIsLost',
      message: 'A crash takes what was in memory only.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'accepts-in-outage': translate({
      id: 'dirtyBit.chooser.acceptsInOutage',
      message:
        'It takes writes while the database is down, until their retries are used up or its queue is full: set retry.attempts for the outage that you expect.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'outage-may-be-lost': translate({
      id: 'dirtyBit.chooser.outageMayBeLost',
      message:
        'A crash during an outage takes all that was accepted since it began; a journal keeps it.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'needs-database': translate({
      id: 'dirtyBit.chooser.needsDatabase',
      message: 'A write fails while the database is down.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'caller-hears-errors': translate({
      id: 'dirtyBit.chooser.callerHearsErrors',
      message: 'An error of the database reaches the caller of the write.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'errors-come-late': translate({
      id: 'dirtyBit.chooser.errorsComeLate',
      message:
        'What the database rejects is rejected after the caller has gone.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'database-keeps-up': translate({
      id: 'dirtyBit.chooser.databaseKeepsUp',
      message:
        'The database stores each write while its caller waits, and keeps up.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'machinery-for-little': translate({
      id: 'dirtyBit.chooser.machineryForLittle',
      message:
        'A queue, retries and dead letters are much to operate where the database keeps up anyway.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'rows-go-together': translate({
      id: 'dirtyBit.chooser.rowsGoTogether',
      message: 'Writes wait for each other, and many rows go in one statement.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'one-database-write-each': translate({
      id: 'dirtyBit.chooser.oneDatabaseWriteEach',
      message: 'Each write waits for a write of the database.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'one-row-for-many-writes': translate({
      id: 'dirtyBit.chooser.oneRowForManyWrites',
      message: 'Many writes of a key become one row.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'stores-each-write': translate({
      id: 'dirtyBit.chooser.storesEachWrite',
      message: 'The database gets each write, and none is skipped.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'later-write-replaces': translate({
      id: 'dirtyBit.chooser.laterWriteReplaces',
      message:
        'A later write replaces one of its key that still waits: give each write a key of its own.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'database-adds': translate({
      id: 'dirtyBit.chooser.databaseAdds',
      message:
        'The application writes the statement, so that the database can add.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'set-replaces': translate({
      id: 'dirtyBit.chooser.setReplaces',
      message:
        'A write sets a value and adds nothing: of two that read, add and set, one is lost.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'owner-adds': translate({
      id: 'dirtyBit.chooser.ownerAdds',
      message:
        'It adds nothing up by itself: let the one process that owns the key do so.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'nobody-sees-delay': translate({
      id: 'dirtyBit.chooser.nobodySeesDelay',
      message:
        'All reads go through the cache, so nobody sees that the database lags.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'others-see-it-late': translate({
      id: 'dirtyBit.chooser.othersSeeItLate',
      message: 'Others see a change only after its flush.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'database-has-it-first': translate({
      id: 'dirtyBit.chooser.databaseHasItFirst',
      message: 'The database has each change before it is acknowledged.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'database-lags': translate({
      id: 'dirtyBit.chooser.databaseLags',
      message: 'Until the flush, others read the old row.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'others-bypass-cache': translate({
      id: 'dirtyBit.chooser.othersBypassCache',
      message:
        'What others write leaves an old value in the cache, until it is removed or expires.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'others-raise-no-version': translate({
      id: 'dirtyBit.chooser.othersRaiseNoVersion',
      message:
        'What others write leaves an old value in the cache, and they must raise the version of the row too.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'writes-collide': translate({
      id: 'dirtyBit.chooser.writesCollide',
      message:
        'A write in the queue and one by others collide in the database, and one of them is lost.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'key-needs-owner': translate({
      id: 'dirtyBit.chooser.keyNeedsOwner',
      message:
        'One process must own each key: send all requests for a key to it, or the others read old values and overwrite new ones.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'warm-after-write': translate({
      id: 'dirtyBit.chooser.warmAfterWrite',
      message: 'The value is in the cache as soon as you write it.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'first-read-misses': translate({
      id: 'dirtyBit.chooser.firstReadMisses',
      message: 'The first read after a write misses the cache.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'every-read-asks': translate({
      id: 'dirtyBit.chooser.everyReadAsks',
      message: 'Every read asks the database.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'filled-by-reads': translate({
      id: 'dirtyBit.chooser.filledByReads',
      message: 'The cache holds what is read, and nothing else.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'write-takes-no-room': translate({
      id: 'dirtyBit.chooser.writeTakesNoRoom',
      message: 'A write takes no room in the cache.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'little-to-gain': translate({
      id: 'dirtyBit.chooser.littleToGain',
      message: 'A cache gains little where little is read.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'warms-the-unread': translate({
      id: 'dirtyBit.chooser.warmsTheUnread',
      message: 'It fills the cache with values that are seldom read.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'reads-the-database': translate({
      id: 'dirtyBit.chooser.readsTheDatabase',
      message: 'The transaction reads the row itself, and no copy.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'answers-from-copy': translate({
      id: 'dirtyBit.chooser.answersFromCopy',
      message: 'It answers from a copy, outside of the transaction.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'cache-loads-it': translate({
      id: 'dirtyBit.chooser.cacheLoadsIt',
      message: 'The cache loads what it does not have, once for all callers.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'application-composes': translate({
      id: 'dirtyBit.chooser.applicationComposes',
      message:
        'The application composes the value, and knows what it is made of.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'write-knows-no-key': translate({
      id: 'dirtyBit.chooser.writeKnowsNoKey',
      message:
        'A write of a row does not know which composed values it makes old.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
    'not-what-is-written': translate({
      id: 'dirtyBit.chooser.notWhatIsWritten',
      message: 'What is written is a row, and not what the cache keeps.',
      description: 'In the chooser, what an answer means for a strategy',
    }),
  };
}
