import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openEmulator } from '../../services/any-redis.ts';
import { findCommand } from '../../services/command.ts';
import { type DemoOptions, demo } from './after.ts';

const file = path.join(import.meta.dirname, 'after.out.txt');

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: the demo prints what is recorded, beside its figures',
  async () => {
    await expect(await outputOf({})).toMatchFileSnapshot(file);
  },
);

test('with an emulator it says so, and prints the same otherwise', async () => {
  const output = await outputOf({ redis: openEmulator });
  const line = /^Redis: .*$/m;
  expect(output.match(line)?.[0]).toContain('EMULATOR');
  const recorded = fs.readFileSync(file, 'utf8');
  expect(output.replace(line, '')).toBe(recorded.replace(line, ''));
});

async function outputOf(options: DemoOptions): Promise<string> {
  let output = '';
  const print = (line: string) => {
    output += `${line}\n`;
  };
  await demo(print, options);
  return output;
}
