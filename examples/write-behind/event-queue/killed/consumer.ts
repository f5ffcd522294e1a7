/**
 * A consumer that stores two batches. It says so before it acknowledges the
 * second, and then does nothing until somebody kills it.
 */
import { EventEmitter, once } from 'node:events';
import type { Operation } from '../../../shared/store.ts';
import type { LoggedMessage } from '../event-log.ts';
import { type LogKind, openLog } from '../open-log.ts';
import { operationOf } from '../operation-message.ts';
import { PartitionWriter } from '../partition-writer.ts';
import { SqliteRows } from '../sqlite-rows.ts';

const [, , kind, url = '', name = '', file = '', count] = process.argv;
const rows = new SqliteRows(file);
const { log } = await openLog(kind as LogKind, url, name);

let left = Number(count);
const events = new EventEmitter();
const allRead = once(events, 'all read');
const acknowledged = once(events, 'acknowledged');
const never = new Promise<never>(() => {});
let batches = 0;

/** The same batches at each run, however fast the log delivers. */
async function write(batch: readonly Operation<string, number>[]) {
  await allRead;
  batches += 1;
  const isLast = batches > 1;
  if (isLast) await acknowledged;
  await rows.write(batch);
  if (!isLast) return;
  console.log('stored');
  await never;
}

await log.consume((partition) => {
  const writer = new PartitionWriter<number>(
    {
      id: partition.id,
      async acknowledge(position) {
        await partition.acknowledge(position);
        events.emit('acknowledged');
      },
    },
    {
      store: { write },
      operationOf,
      setAside: () => never,
      onError: (error) => console.error(error),
    },
  );
  return {
    read(messages: readonly LoggedMessage[]) {
      left -= messages.length;
      if (left <= 0) events.emit('all read');
      return writer.read(messages);
    },
    stop: () => writer.stop(),
  };
});
