import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { findCommand } from './command.ts';
import { startNats } from './nats.ts';

test.skipIf(findCommand('nats-server') === undefined)(
  'nats-server: what was acknowledged is there after it was killed',
  async () => {
    await using nats = await startNats();
    const before = await connect({ servers: nats.url });
    const manager = await jetstreamManager(before);
    await manager.streams.add({ name: 'writes', subjects: ['writes'] });
    await jetstream(before).publish('writes', 'one');
    await before.close();
    await nats.kill();
    await nats.restart();
    const after = await connect({ servers: nats.url });
    const { state } = await (await jetstreamManager(after)).streams.info(
      'writes',
    );
    expect(state.messages).toBe(1);
    await after.close();
  },
);
