import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { Guard } from './guard.ts';

const node = process.execPath;
const forever = `console.log('runs', process.pid); setInterval(() => {}, 1000);`;

test('what runs in it ends when it is closed, and its directory goes', async () => {
  const guard = await Guard.open();
  const guarded = guard.run(node, ['--eval', forever]);
  await guarded.printed('\n');
  const pid = Number(guarded.output.split(' ')[1]);
  expect(isRunning(pid)).toBe(true);
  fs.writeFileSync(path.join(guard.directory, 'data'), 'much');
  await guard.close();
  expect(isRunning(pid)).toBe(false);
  expect(fs.existsSync(guard.directory)).toBe(false);
  await guard.close();
});

test('what a process has started is killed with it', async () => {
  await using guard = await Guard.open();
  const parent = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, ['--eval', ${JSON.stringify(forever)}], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });`;
  const guarded = guard.run(node, ['--eval', parent]);
  await guarded.printed('\n');
  // Its output ends when nobody is left who could write it.
  const { signal } = await guarded.kill();
  expect(signal).toBe('SIGKILL');
});

test('what has to give something back is asked to quit', async () => {
  await using elsewhere = await Guard.open();
  const taken = path.join(elsewhere.directory, 'taken');
  const guard = await Guard.open();
  const tidy = `
    const fs = require('node:fs');
    fs.writeFileSync(${JSON.stringify(taken)}, '');
    process.once('SIGQUIT', () => {
      fs.rmSync(${JSON.stringify(taken)});
      process.exit();
    });
    ${forever}`;
  const quit = { signal: 'SIGQUIT', patienceMs: 60_000 } as const;
  const guarded = guard.run(node, ['--eval', tidy], { quit });
  await guarded.printed('\n');
  expect(fs.existsSync(taken)).toBe(true);
  await guard.close();
  expect(fs.existsSync(taken)).toBe(false);
});

test('what does not quit when it is asked to is killed', async () => {
  const guard = await Guard.open();
  const deaf = `process.on('SIGQUIT', () => {}); ${forever}`;
  const quit = { signal: 'SIGQUIT', patienceMs: 50 } as const;
  const guarded = guard.run(node, ['--eval', deaf], { quit });
  await guarded.printed('\n');
  const pid = Number(guarded.output.split(' ')[1]);
  await guard.close();
  expect(isRunning(pid)).toBe(false);
});

test('a process that ends before it is ready says why', async () => {
  await using guard = await Guard.open();
  const failing = `console.error('no room'); process.exitCode = 3;`;
  const guarded = guard.run(node, ['--eval', failing]);
  await expect(guarded.printed('ready')).rejects.toThrow(/code 3\nno room/);
});

test('a command that does not exist is an error, and not a wait', async () => {
  await using guard = await Guard.open();
  const guarded = guard.run('there-is-none', []);
  await expect(guarded.printed('ready')).rejects.toThrow('ENOENT');
  await expect(guarded.ended).rejects.toThrow('ENOENT');
});

const ends: readonly [NodeJS.Signals, string][] = [
  ['SIGKILL', 'it'],
  ['SIGTERM', 'it'],
  ['SIGINT', 'it'],
  ['SIGINT', 'all in its terminal'],
  ['SIGQUIT', 'all in its terminal'],
];

test.each(ends)(
  'nothing is left of a program when %s ends %s',
  async (signal, whom) => {
    const program = path.resolve('examples/services/fixtures/interrupted.ts');
    const child = spawn(node, ['--import', 'jiti/register', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    // Its guardian has the same: it is closed when both are gone.
    const closed = once(child.stderr, 'close');
    child.stderr.resume();
    const [line] = await once(createInterface(child.stdout), 'line');
    const { pid, directory } = JSON.parse(line);
    expect(isRunning(pid)).toBe(true);
    expect(fs.existsSync(directory)).toBe(true);
    const leader = child.pid ?? 0;
    process.kill(whom === 'it' ? leader : -leader, signal);
    await closed;
    expect(isRunning(pid)).toBe(false);
    expect(fs.existsSync(directory)).toBe(false);
  },
);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
