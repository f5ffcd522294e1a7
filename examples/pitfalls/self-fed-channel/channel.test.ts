import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { Channel } from './channel.ts';

function setUp() {
  const clock = new VirtualClock();
  const channel = new Channel(2);
  const sent: string[] = [];
  const send = async (...keys: readonly string[]) => {
    for (const key of keys) void channel.send(key).then(() => sent.push(key));
    await clock.advance(0);
  };
  const receive = async () => {
    const key = channel.receive();
    await clock.advance(0);
    return key;
  };
  return { clock, channel, sent, send, receive };
}

test('who sends to a full channel waits for room, in order', async () => {
  const { channel, sent, send, receive } = setUp();
  await send('linh', 'haruka', 'minh', 'yuki');
  expect(sent).toEqual(['linh', 'haruka']);
  expect(await receive()).toBe('linh');
  expect(sent).toEqual(['linh', 'haruka', 'minh']);
  expect(await receive()).toBe('haruka');
  expect(await receive()).toBe('minh');
  expect(channel.isEmpty).toBe(false);
  expect(await receive()).toBe('yuki');
  expect(channel.isEmpty).toBe(true);
  expect(await receive()).toBeUndefined();
});

test('a key that is in it already needs no room', async () => {
  const { sent, send, receive } = setUp();
  await send('linh', 'haruka', 'linh');
  expect(sent).toEqual(['linh', 'haruka', 'linh']);
  expect(await receive()).toBe('linh');
  expect(await receive()).toBe('haruka');
  expect(await receive()).toBeUndefined();
});

test('a borrowed key keeps its room until it is free', async () => {
  const { clock, channel, sent, send } = setUp();
  await send('linh', 'haruka', 'minh');
  expect(channel.borrow()).toBe('linh');
  await clock.advance(0);
  expect(sent).toEqual(['linh', 'haruka']);
  channel.free('linh');
  await clock.advance(0);
  expect(sent).toEqual(['linh', 'haruka', 'minh']);
});

test('a borrowed key goes back behind the others, into its room', async () => {
  const { channel, sent, send, receive } = setUp();
  await send('linh', 'haruka', 'minh');
  channel.borrow();
  channel.giveBack('linh');
  expect(sent).toEqual(['linh', 'haruka']);
  expect(await receive()).toBe('haruka');
  expect(await receive()).toBe('linh');
});

test('a borrowed key that is sent once more keeps its room', async () => {
  const { clock, channel, sent, send } = setUp();
  await send('linh', 'haruka');
  channel.borrow();
  await send('linh', 'minh');
  expect(sent).toEqual(['linh', 'haruka', 'linh']);
  channel.free('linh');
  await clock.advance(0);
  expect(sent).toHaveLength(3);
});
