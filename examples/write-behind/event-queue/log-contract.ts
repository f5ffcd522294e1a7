/** What every log owes to those who publish and consume, as tests. */
import { expect } from 'vitest';
import type {
  EventLog,
  LoggedMessage,
  Message,
  Partition,
  PartitionReader,
} from './event-log.ts';

/** A log with this name, as one process sees it. The test awaits what it is. */
export type OpenLog = (name: string) => Promise<OpenedLog>;

export type ConcurrentTest = (
  name: string,
  play: (context: { expect: typeof expect }) => Promise<void>,
) => void;

export interface OpenedLog {
  readonly log: EventLog;
  close(): Promise<void>;
}

/** Side by side: a group of consumers takes its time to form. */
export function testLog(run: ConcurrentTest, open: OpenLog): void {
  run('messages of one key come as they were published, in order', async () => {
    const { log, close } = await open('in-order');
    const reader = new CollectingReader();
    const consumption = await log.consume(reader.open);
    const texts = Array.from({ length: 20 }, (_, index) => `é ${index}`);
    const expected: object[] = [];
    for (const text of texts) {
      const headers = { type: 'set', by: 'me' };
      const published = message('page:/ü\r\n%', text, headers);
      const place = await log.publish(published);
      expected.push({ ...withText(published), ...place });
    }
    await reader.has(texts.length);
    expect(reader.messages.map(withText)).toEqual(expected);
    expect(new Set(reader.messages.map((it) => it.partition)).size).toBe(1);
    await consumption.stop();
    await close();
  });

  run(
    'what is not acknowledged comes again to the next, and nothing else',
    async () => {
      const { log, close } = await open('again');
      for (const text of ['1', '2', '3', '4']) {
        await log.publish(message('hot', text));
      }
      const first = new CollectingReader();
      const dying = await log.consume(first.open);
      await first.has(4);
      await first.acknowledge('2');
      await dying.stop();

      const next = new CollectingReader();
      const living = await log.consume(next.open);
      await next.has(2);
      expect(next.texts()).toEqual(['3', '4']);
      await living.stop();
      await close();
    },
  );

  run('it says how far it is acknowledged, and what is not', async () => {
    const { log, close } = await open('how-far');
    expect(await log.tail()).toEqual([]);
    const first = await log.publish(message('hot', '1'));
    await log.publish(message('hot', '2'));
    await log.publish(message('hot', '3'));
    const reader = new CollectingReader();
    const consumption = await log.consume(reader.open);
    await reader.has(3);
    await reader.acknowledge('1');
    const acknowledged = await log.acknowledged();
    expect(acknowledged.get(first.partition)).toBe(first.position);
    const unacknowledged = await textsOf(log);
    expect(unacknowledged).toEqual(['2', '3']);
    await consumption.stop();
    await close();
  });

  run('where all is acknowledged, the last message can be read', async () => {
    const { log, close } = await open('the-last');
    await log.publish(message('hot', '1'));
    const last = await log.publish(message('hot', '2'));
    const reader = new CollectingReader();
    const consumption = await log.consume(reader.open);
    await reader.has(2);
    await reader.acknowledge('2');
    const acknowledged = await log.acknowledged();
    expect(acknowledged.get(last.partition)).toBe(last.position);
    expect(await textsOf(log)).toEqual(['2']);
    await consumption.stop();
    await close();
  });

  run('whoever has no room reads on when there is', async () => {
    const { log, close } = await open('room');
    const reader = new CollectingReader();
    const letIn = reader.holdUp();
    const consumption = await log.consume(reader.open);
    await log.publish(message('hot', '1'));
    await reader.has(1);
    await log.publish(message('hot', '2'));
    letIn();
    await reader.has(2);
    expect(reader.texts()).toEqual(['1', '2']);
    await consumption.stop();
    await close();
  });
}

function message(
  key: string,
  text: string,
  headers: Message['headers'] = {},
): Message {
  return { key, body: new TextEncoder().encode(text), headers };
}

async function textsOf(log: EventLog): Promise<string[]> {
  return (await log.tail()).map(textOf);
}

function withText(message: Message): object {
  return { ...message, body: textOf(message) };
}

function textOf({ body }: Message): string {
  return new TextDecoder().decode(body);
}

/** Reads all partitions, and acknowledges what it is told to. */
class CollectingReader implements PartitionReader {
  readonly messages: LoggedMessage[] = [];
  readonly #partitions = new Map<number, Partition>();
  #room: Promise<void> = Promise.resolve();
  #looks: (() => void)[] = [];

  readonly open = (partition: Partition): PartitionReader => {
    this.#partitions.set(partition.id, partition);
    return this;
  };

  async read(messages: readonly LoggedMessage[]): Promise<void> {
    for (const message of messages) {
      // It may come again, wherever a group takes its time to form.
      const isKnown = this.texts().includes(textOf(message));
      if (!isKnown) this.messages.push(message);
    }
    for (const look of this.#looks.splice(0)) look();
    await this.#room;
  }

  async stop(): Promise<void> {}

  /** Returns what ends it. */
  holdUp(): () => void {
    let end = () => {};
    this.#room = new Promise((resolve) => {
      end = resolve;
    });
    return () => end();
  }

  async has(count: number): Promise<void> {
    while (this.messages.length < count) {
      await new Promise<void>((look) => this.#looks.push(look));
    }
  }

  async acknowledge(text: string): Promise<void> {
    const index = this.texts().indexOf(text);
    const { partition = -1, position = -1 } = this.messages[index] ?? {};
    await this.#partitions.get(partition)?.acknowledge(position);
  }

  texts(): string[] {
    return this.messages.map(textOf);
  }
}
