/** A durable log in partitions, as Kafka and NATS JetStream have it. */

// #region message
export interface Message {
  /** Messages with the same key are in the same partition, in order. */
  readonly key: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Place {
  readonly partition: number;
  /** Ascends within its partition, and may skip numbers. */
  readonly position: number;
}

export interface LoggedMessage extends Message, Place {}
// #endregion message

// #region log
export interface EventLog {
  /**
   * Resolves once the log has confirmed it: never before. After an error,
   * nobody can say whether it is there.
   */
  publish(message: Message): Promise<Place>;
  /** Asks for a reader of each partition that falls to this process. */
  consume(open: OpenReader): Promise<Consumption>;
  /**
   * Up to where everything in a partition is acknowledged, by whomever. A
   * partition without an acknowledgement may be missing.
   */
  acknowledged(): Promise<ReadonlyMap<number, number>>;
  /**
   * What nobody has acknowledged, in the order of each partition. Where all is
   * acknowledged, the last message stands for the partition.
   */
  tail(): Promise<readonly LoggedMessage[]>;
}

export type OpenReader = (partition: Partition) => PartitionReader;

export interface Partition {
  readonly id: number;
  /**
   * Declares all that was read up to this position to be done. It must be: who
   * starts after a crash does not read it again.
   */
  acknowledge(position: number): Promise<void>;
}

export interface PartitionReader {
  /**
   * Takes the next messages, from the first on that is not acknowledged. Some
   * may have come before, and late. Resolves when there is room for more.
   */
  read(messages: readonly LoggedMessage[]): Promise<void>;
  /** Resolves when nothing is on its way and what is done is acknowledged. */
  stop(): Promise<void>;
}

export interface Consumption {
  /** Lets its readers stop, and takes no further messages. */
  stop(): Promise<void>;
}
// #endregion log
