import { translate } from '@docusaurus/Translate';
import type {
  Answer,
  Question,
} from '../../examples/start/choosing/verdicts.ts';

export function questionTexts(): Readonly<Record<Question, string>> {
  return {
    loss: translate({
      id: 'dirtyBit.chooser.loss',
      message: 'Can you lose the last second?',
      description: 'A question of the chooser',
    }),
    outage: translate({
      id: 'dirtyBit.chooser.outage',
      message: 'What shall a write do while the database is down?',
      description: 'A question of the chooser',
    }),
    writes: translate({
      id: 'dirtyBit.chooser.writes',
      message: 'How many writes come in?',
      description: 'A question of the chooser',
    }),
    counts: translate({
      id: 'dirtyBit.chooser.counts',
      message: 'Does each write count, or only the last of a key?',
      description: 'A question of the chooser',
    }),
    readers: translate({
      id: 'dirtyBit.chooser.readers',
      message: 'Who else uses these rows in the database?',
      description: 'A question of the chooser',
    }),
    processes: translate({
      id: 'dirtyBit.chooser.processes',
      message: 'How many processes of yours use a key?',
      description: 'A question of the chooser',
    }),
    reads: translate({
      id: 'dirtyBit.chooser.reads',
      message: 'When is a value read again?',
      description: 'A question of the chooser',
    }),
    kept: translate({
      id: 'dirtyBit.chooser.kept',
      message: 'What is kept under a key?',
      description: 'A question of the chooser',
    }),
  };
}

export function answerTexts(): Readonly<Record<Answer, string>> {
  return {
    'loss=seconds': translate({
      id: 'dirtyBit.chooser.loss.seconds',
      message: 'Yes: nobody minds if a crash takes the last writes',
      description: 'An answer to "Can you lose the last second?"',
    }),
    'loss=none': translate({
      id: 'dirtyBit.chooser.loss.none',
      message: 'No: what was acknowledged must survive',
      description: 'An answer to "Can you lose the last second?"',
    }),
    'outage=accept': translate({
      id: 'dirtyBit.chooser.outage.accept',
      message: 'Succeed, and be stored when the database is back',
      description: 'An answer to what a write does without the database',
    }),
    'outage=fail': translate({
      id: 'dirtyBit.chooser.outage.fail',
      message: 'Fail, and leave the rest to its caller',
      description: 'An answer to what a write does without the database',
    }),
    'writes=few': translate({
      id: 'dirtyBit.chooser.writes.few',
      message: 'No more than the database takes one by one',
      description: 'An answer to "How many writes come in?"',
    }),
    'writes=many': translate({
      id: 'dirtyBit.chooser.writes.many',
      message: 'More than that, at least in bursts',
      description: 'An answer to "How many writes come in?"',
    }),
    'counts=last': translate({
      id: 'dirtyBit.chooser.counts.last',
      message: 'Only the last: it replaces all before it',
      description:
        'An answer to "Does each write count, or only the last of a key?"',
    }),
    'counts=each': translate({
      id: 'dirtyBit.chooser.counts.each',
      message: 'Each: none may be skipped',
      description:
        'An answer to "Does each write count, or only the last of a key?"',
    }),
    'counts=sum': translate({
      id: 'dirtyBit.chooser.counts.sum',
      message: 'Their sum: each adds to what is there',
      description:
        'An answer to "Does each write count, or only the last of a key?"',
    }),
    'readers=nobody': translate({
      id: 'dirtyBit.chooser.readers.nobody',
      message: 'Nobody: all go through the cache',
      description: 'An answer to "Who else uses these rows?"',
    }),
    'readers=later': translate({
      id: 'dirtyBit.chooser.readers.later',
      message: 'Others read them, and may see a change a moment late',
      description: 'An answer to "Who else uses these rows?"',
    }),
    'readers=at-once': translate({
      id: 'dirtyBit.chooser.readers.atOnce',
      message: 'Others read them, and must see each change at once',
      description: 'An answer to "Who else uses these rows?"',
    }),
    'readers=writers': translate({
      id: 'dirtyBit.chooser.readers.writers',
      message: 'Others write them too',
      description: 'An answer to "Who else uses these rows?"',
    }),
    'processes=one': translate({
      id: 'dirtyBit.chooser.processes.one',
      message: 'One: there is only one, or each key has its own',
      description: 'An answer to "How many processes of yours use a key?"',
    }),
    'processes=several': translate({
      id: 'dirtyBit.chooser.processes.several',
      message: 'Several, each with a memory of its own',
      description: 'An answer to "How many processes of yours use a key?"',
    }),
    'reads=soon': translate({
      id: 'dirtyBit.chooser.reads.soon',
      message: 'Often, and right after a write',
      description: 'An answer to "When is a value read again?"',
    }),
    'reads=often': translate({
      id: 'dirtyBit.chooser.reads.often',
      message: 'Often, but mostly long after a write',
      description: 'An answer to "When is a value read again?"',
    }),
    'reads=seldom': translate({
      id: 'dirtyBit.chooser.reads.seldom',
      message: 'Seldom',
      description: 'An answer to "When is a value read again?"',
    }),
    'reads=exact': translate({
      id: 'dirtyBit.chooser.reads.exact',
      message: 'When a transaction of the database decides by it',
      description: 'An answer to "When is a value read again?"',
    }),
    'kept=row': translate({
      id: 'dirtyBit.chooser.kept.row',
      message: 'One row, as it was written',
      description: 'An answer to "What is kept under a key?"',
    }),
    'kept=composed': translate({
      id: 'dirtyBit.chooser.kept.composed',
      message: 'Something composed of several rows, such as a list',
      description: 'An answer to "What is kept under a key?"',
    }),
  };
}
