import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tool-'));
const runner = path.join(folder, 'runner.mjs');

/** Runs jiti, the tool that runs whatever file it is given. */
beforeAll(() =>
  fs.writeFileSync(
    runner,
    `import { runTool } from '${path.join(import.meta.dirname, 'tool.mjs')}';
     process.exitCode = await runTool('jiti', process.argv.slice(2));`,
  ),
);

afterAll(() => fs.rmSync(folder, { recursive: true }));

function start(program: string) {
  const file = path.join(folder, 'program.mjs');
  fs.writeFileSync(file, program);
  return spawn(process.execPath, [runner, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('a tool', () => {
  test('passes its exit code on', async () => {
    expect(await once(start('process.exit(7)'), 'exit')).toEqual([7, null]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with the command that runs it, by %s',
    async (signal) => {
      const command = start(
        'console.log(process.pid); setInterval(() => {}, 1000);',
      );
      const [output] = await once(command.stdout, 'data');
      command.kill(signal);
      expect(await once(command, 'exit')).toEqual([null, signal]);
      expect(() => process.kill(Number(output), 0)).toThrow('ESRCH');
    },
  );
});
