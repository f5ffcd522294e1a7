import { translate } from '@docusaurus/Translate';
import type { Input } from '../../examples/production/tuning/demand.ts';
import type { FieldName, LossUnit } from './form.ts';

export function fieldTexts(): Readonly<Record<FieldName, string>> {
  return {
    writesPerSecond: translate({
      id: 'dirtyBit.tuning.writesPerSecond',
      message: 'Writes in your busiest second',
      description: 'An input of the calculator',
    }),
    repeatedShare: translate({
      id: 'dirtyBit.tuning.repeatedShare',
      message: 'Of them, writes of a key that waits already, in percent',
      description: 'An input of the calculator',
    }),
    rowBytes: translate({
      id: 'dirtyBit.tuning.rowBytes',
      message: 'Key and value in memory, in bytes',
      description: 'An input of the calculator',
    }),
    databaseMs: translate({
      id: 'dirtyBit.tuning.databaseMs',
      message: 'Database: a batch of one row, in milliseconds',
      description: 'An input of the calculator',
    }),
    rowMs: translate({
      id: 'dirtyBit.tuning.rowMs',
      message: 'Database: each further row, in milliseconds',
      description: 'An input of the calculator',
    }),
    loss: translate({
      id: 'dirtyBit.tuning.loss',
      message: 'A crash may take along',
      description: 'An input of the calculator; a unit follows it',
    }),
    outageMs: translate({
      id: 'dirtyBit.tuning.outageMs',
      message: 'Outage in which no write is refused, in seconds',
      description: 'An input of the calculator',
    }),
    memoryBytes: translate({
      id: 'dirtyBit.tuning.memoryBytes',
      message: 'Memory for the cache, in MiB',
      description: 'An input of the calculator',
    }),
  };
}

export function lossUnitHead(): string {
  return translate({
    id: 'dirtyBit.tuning.lossUnit',
    message: 'Unit of the loss',
    description: 'The accessible name of a choice beside an input',
  });
}

export function lossUnitTexts(): Readonly<Record<LossUnit, string>> {
  return {
    keys: translate({
      id: 'dirtyBit.tuning.loss.keys',
      message: 'written keys',
      description: 'What a crash may take along: a number of them',
    }),
    seconds: translate({
      id: 'dirtyBit.tuning.loss.seconds',
      message: 'seconds of writes',
      description: 'What a crash may take along: a number of them',
    }),
    none: translate({
      id: 'dirtyBit.tuning.loss.none',
      message: 'nothing: there is a journal',
      description: 'What a crash may take along',
    }),
  };
}

export function resultTexts() {
  return {
    caption: translate({
      id: 'dirtyBit.tuning.result',
      message: 'The options, and what they come to',
      description: 'Title of the result of the calculator',
    }),
    name: translate({
      id: 'dirtyBit.tuning.result.name',
      message: 'Option or effect',
      description: 'Heads a column in the result of the calculator',
    }),
    value: translate({
      id: 'dirtyBit.tuning.result.value',
      message: 'Value',
      description: 'Heads a column in the result of the calculator',
    }),
    usualLoss: translate({
      id: 'dirtyBit.tuning.usualLoss',
      message: 'A crash takes along, when all is well',
      description: 'A result of the calculator: a number of keys',
    }),
    worstLoss: translate({
      id: 'dirtyBit.tuning.worstLoss',
      message: 'A crash takes along, at the worst moment',
      description: 'A result of the calculator: a number of keys',
    }),
    batchRows: translate({
      id: 'dirtyBit.tuning.batchRows',
      message: 'Rows in a usual batch',
      description: 'A result of the calculator',
    }),
    databaseShare: translate({
      id: 'dirtyBit.tuning.databaseShare',
      message: 'One connection is busy with them',
      description: 'A result of the calculator: a percentage of its time',
    }),
    pendingBytes: translate({
      id: 'dirtyBit.tuning.pendingBytes',
      message: 'Memory for all that may wait',
      description: 'A result of the calculator: a size',
    }),
    recovery: translate({
      id: 'dirtyBit.tuning.recovery',
      message: 'From the end of the outage until nothing of it waits',
      description: 'A result of the calculator: a time',
    }),
  };
}

/** A number of keys, in a cell of its own. */
export function keysText(keys: string): string {
  return translate(
    {
      id: 'dirtyBit.tuning.keys',
      message: '{keys} keys',
      description: 'A result of the calculator',
    },
    { keys },
  );
}

export function statusText(batch: string, delay: string, pending: string) {
  return translate(
    {
      id: 'dirtyBit.tuning.status',
      message:
        'Batches of at most {batch} rows, a delay of {delay} ms, at most {pending} keys that wait',
      description: 'The result of the calculator in a line, said aloud',
    },
    { batch, delay, pending },
  );
}

export function wrongText(): string {
  return translate({
    id: 'dirtyBit.tuning.wrong',
    message: 'The marked fields need another number.',
    description: 'In place of a result of the calculator',
  });
}

/** Says which input is in the way, and how far it must give way. */
export function unreachableText(input: Input, limit: string): string {
  const texts: Readonly<Record<Input, string>> = {
    writesPerSecond: translate(
      {
        id: 'dirtyBit.tuning.unreachable.writesPerSecond',
        message:
          'The database cannot keep up: with half of a connection it takes {limit} writes a second at most.',
        description: 'In place of a result of the calculator',
      },
      { limit },
    ),
    loss: translate(
      {
        id: 'dirtyBit.tuning.unreachable.loss',
        message:
          'A crash takes along more, even when all is well: allow at least {limit}, or keep a journal.',
        description:
          'In place of a result of the calculator; the unit is that of the input',
      },
      { limit },
    ),
    outageMs: translate(
      {
        id: 'dirtyBit.tuning.unreachable.outageMs',
        message:
          'A crash at the end of this outage takes along more than allowed: survive at most {limit} seconds, allow a greater loss, or keep a journal.',
        description: 'In place of a result of the calculator',
      },
      { limit },
    ),
    memoryBytes: translate(
      {
        id: 'dirtyBit.tuning.unreachable.memoryBytes',
        message:
          'What waits does not fit into memory: it takes at least {limit} MiB.',
        description: 'In place of a result of the calculator',
      },
      { limit },
    ),
  };
  return texts[input];
}

export function withoutScriptsText(): string {
  return translate({
    id: 'dirtyBit.tuning.withoutScripts',
    message:
      'With JavaScript, you could type in your own numbers. This is a worked example.',
    description: 'Above the calculator, where there is no JavaScript',
  });
}
