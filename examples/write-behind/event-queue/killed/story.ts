/** A consumer that is killed in the middle, and the next one. */
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Guard } from '../../../services/guard.ts';
import { projectFile } from '../../../shared/project-file.ts';
import type { EventLog, Partition, Place } from '../event-log.ts';
import { type LogKind, openLog } from '../open-log.ts';
import { messageOf, operationOf } from '../operation-message.ts';
import { PartitionWriter } from '../partition-writer.ts';
import { SqliteRows } from '../sqlite-rows.ts';

export interface Tally {
  /** Rows in the table, and acknowledged messages, when it was killed. */
  readonly stored: number;
  readonly acknowledged: number;
  /** What the next one was given, and what it changed. */
  readonly again: number;
  readonly changed: number;
  /** In the end. */
  readonly rows: number;
  readonly wrong: number;
}

export async function playKill(
  kind: LogKind,
  url: string,
  readings: number,
  name = 'readings',
): Promise<Tally> {
  await using guard = await Guard.open();
  const file = path.join(guard.directory, 'readings.db');
  const { log, close } = await openLog(kind, url, name);
  const places = await publishAll(log, readings);

  // #region kill
  const program = projectFile(
    'examples/write-behind/event-queue/killed/consumer.ts',
  );
  const jiti = projectFile('node_modules/jiti/lib/jiti-register.mjs');
  const consumer = guard.run(process.execPath, [
    ...['--import', pathToFileURL(jiti).href, program],
    ...[kind, url, name, file, String(readings)],
  ]);
  await consumer.printed('stored');
  await consumer.kill();
  // #endregion kill
  const rows = new SqliteRows(file);
  const stored = rows.all().size;
  const ends = await log.acknowledged();
  const acknowledged = places.filter((it) => isPast(ends, it)).length;

  await consumeAll(log, rows, places);
  const left = rows.all();
  const wrong = places.filter((_, index) => {
    return left.get(`sensor-${index}`) !== readingOf(index);
  }).length;
  const { came, changed } = rows.counts;
  rows.close();
  await close();
  return {
    ...{ stored, acknowledged, again: came, changed },
    ...{ rows: left.size, wrong },
  };
}

async function publishAll(log: EventLog, readings: number): Promise<Place[]> {
  const places: Place[] = [];
  for (let index = 0; index < readings; index += 1) {
    const key = `sensor-${index}`;
    const value = readingOf(index);
    const operation = { type: 'set', key, value, version: index + 1 } as const;
    places.push(await log.publish(messageOf(operation)));
  }
  return places;
}

/** Until the log says that all of them are acknowledged. */
async function consumeAll(
  log: EventLog,
  rows: SqliteRows,
  places: readonly Place[],
): Promise<void> {
  const events = new EventEmitter();
  const done = once(events, 'done');
  const fail = (error: unknown) => events.emit('error', error);
  const acknowledgeIn = (partition: Partition) => async (position: number) => {
    await partition.acknowledge(position);
    const ends = await log.acknowledged();
    if (places.every((place) => isPast(ends, place))) events.emit('done');
  };
  const consumption = await log.consume(
    (partition) =>
      new PartitionWriter<number>(
        { id: partition.id, acknowledge: acknowledgeIn(partition) },
        {
          ...{ store: rows, operationOf, onError: fail },
          setAside: async (_, error) => void fail(error),
        },
      ),
  );
  await done;
  await consumption.stop();
}

function isPast(
  ends: ReadonlyMap<number, number>,
  { partition, position }: Place,
): boolean {
  return (ends.get(partition) ?? -1) >= position;
}

function readingOf(index: number): number {
  return 18 + (index % 70) / 10;
}
