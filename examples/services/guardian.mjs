/**
 * A process of its own that owns a temporary directory and the processes in it.
 * When its parent is gone, however that ended, it ends them and removes it.
 */
import { spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * @import { ChildProcess } from 'node:child_process'
 * @import { Order, Quit } from './guard.ts'
 */

/** @type {Map<number, { child: ChildProcess, quit: Quit | undefined }>} */
const running = new Map();
let isEnding = false;

// Ctrl+C reaches all processes of a terminal. The parent decides what ends.
for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

const directory = await mkdtemp(path.join(tmpdir(), 'dirty-bit-'));
process.on('message', (/** @type {Order} */ order) => {
  if (order.do === 'run') run(order);
  else signal(running.get(order.id)?.child, order.signal);
});
process.on('disconnect', end);
// The parent may have gone before anybody listened.
if (process.connected) tell({ directory });
else await end();

/** @param {Extract<Order, { do: 'run' }>} order */
async function run({ id, command, args, user, quit }) {
  if (user !== undefined) await chown(directory, user, user);
  // Or it would outlive those who are being ended.
  if (isEnding) return;
  const child = spawn(command, args, {
    cwd: directory,
    // A group of its own, so that it can be ended with all that it starts.
    detached: process.platform !== 'win32',
    // What it reads never ends: some servers live as long as that.
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  running.set(id, { child, quit });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => tell({ id, text }));
  }
  // An error takes the place of the end where it could not be started.
  child.on('error', (error) => tell({ id, error: error.message }));
  // Closed is later than ended: what it had started is gone as well.
  child.on('close', (code, signal) => {
    running.delete(id);
    tell({ id, code, signal });
  });
}

/**
 * @param {ChildProcess | undefined} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  if (child?.pid === undefined) return;
  // Servers pass a request to stop on; who is killed cannot.
  const isGroup = name === 'SIGKILL' && process.platform !== 'win32';
  try {
    process.kill(isGroup ? -child.pid : child.pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

/** @param {object} news */
function tell(news) {
  if (process.connected) process.send?.(news, () => {});
}

async function end() {
  if (isEnding) return;
  isEnding = true;
  const ends = Array.from(running.values(), async ({ child, quit }) => {
    const closed = new Promise((resolve) => child.once('close', resolve));
    signal(child, quit?.signal ?? 'SIGKILL');
    const timer = quit && setTimeout(signal, quit.patienceMs, child, 'SIGKILL');
    await closed;
    clearTimeout(timer);
  });
  await Promise.all(ends);
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
