import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCommand } from '../examples/services/command.ts';
import { examplesFolder } from './example-loader.mjs';
import { listExamples } from './example-names.mjs';

const names = listExamples(examplesFolder);

/** One takes minutes, and is never the same twice; the other one serves on. */
const unrecorded = [
  'write-behind/crash-recovery/record-kills',
  'production/nestjs/main',
];

const serverCommands = {
  'services/redis.ts': 'redis-server',
  'services/nats.ts': 'nats-server',
  'services/kafka-mock.ts': 'kcat',
};
const after = 'strategies/write-behind/after';
const script = (name: string) => path.join(import.meta.dirname, name);

const modernNode = process.env.MODERN_NODE || process.execPath;
const modernVersion = run(modernNode, '--version').stdout.trim();
const [major = 0, minor = 0] = modernVersion.slice(1).split('.').map(Number);
const readsTypeScript =
  (major === 22 && minor >= 18) || (major === 23 && minor >= 6) || major > 23;

/** With no report that colours, deprecations or other tools could change. */
function run(...[program = '', ...args]: string[]) {
  return spawnSync(program, args, { encoding: 'utf8', cwd: examplesFolder });
}

function runExample(...args: string[]) {
  return run(process.execPath, script('example.mjs'), ...args);
}

function recorded(name: string): string {
  const file = path.join(examplesFolder, `${name}.out.txt`);
  return fs.readFileSync(file, 'utf8');
}

describe('npm run example', () => {
  test('runs an example, wherever one stands', () => {
    expect(runExample(after)).toMatchObject({
      stdout: recorded(after),
      stderr: '',
      status: 0,
    });
  });

  test('lists the examples when it is given no name', () => {
    const { stderr, status } = runExample();
    expect(stderr).toMatch(/^Usage: npm run example <name>\n/);
    expect(stderr).toContain(`\n  ${after}\n`);
    expect(status).toBe(1);
  });

  test('lists them, the nearest first, when it knows no such name', () => {
    const { stderr, status } = runExample('write-behnd/after');
    expect(stderr).toMatch(
      `There is no example "write-behnd/after".

The examples are:
  strategies/write-behind/after
`,
    );
    expect(status).toBe(1);
  });

  test('runs one example at a time', () => {
    const { stdout, stderr, status } = runExample(after, after);
    expect(stderr).toMatch(/^One example at a time/);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('fails when the example fails', () => {
    const breakPrinter = `data:text/javascript,console.log = () => {
      throw new Error('out of paper');
    }`;
    const example = script('example.mjs');
    const options = ['--import', breakPrinter];
    const result = run(process.execPath, ...options, example, after);
    expect(result.stderr).toContain('Error: out of paper');
    expect(result.status).toBe(1);
  });

  test('explains itself', () => {
    const { stdout, status } = runExample('--help');
    expect(stdout).toMatch(/^Usage: npm run example <name>\n/);
    expect(status).toBe(0);
  });
});

describe('every example', () => {
  test.each(names)('%s finds itself by its own name', (name) => {
    const file = path.join(examplesFolder, `${name}.ts`);
    const source = fs.readFileSync(file, 'utf8');
    expect(source).toContain(`\nif (isMain('${name}'))`);
  });

  function outputs(
    node: string,
    loader: 'ts-node' | 'node',
    some: readonly string[],
  ) {
    const { stdout, stderr } = run(
      node,
      '--no-warnings',
      script('example-outputs.mjs'),
      loader,
      ...some,
    );
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  function recordings(some: readonly string[]) {
    return Object.fromEntries(some.map((name) => [name, recorded(name)]));
  }

  const served = names.filter((name) => serversOf(name).length > 0);
  const servers = [...new Set(served.flatMap(serversOf))];
  const groups = [
    {
      which: 'that needs no server',
      some: names.filter(
        (name) => !served.includes(name) && !unrecorded.includes(name),
      ),
      isReady: true,
    },
    {
      which: `that needs a server: ${servers.join(', ')}`,
      some: served.filter((name) => !unrecorded.includes(name)),
      isReady: servers.every((command) => findCommand(command) !== undefined),
    },
  ];

  describe.each(groups)('$which', ({ some, isReady }) => {
    test.skipIf(!isReady)('prints what is recorded, run by ts-node', () => {
      expect(some.length).toBeGreaterThan(0);
      const printed = outputs(process.execPath, 'ts-node', some);
      expect(printed).toEqual(recordings(some));
    });

    test.skipIf(!readsTypeScript || !isReady)(
      `prints the same, run by Node.js alone (MODERN_NODE: ${modernVersion})`,
      () => {
        expect(outputs(modernNode, 'node', some)).toEqual(recordings(some));
      },
    );
  });

  test.skipIf(!readsTypeScript)('may be started by Node.js alone', () => {
    const started = run(modernNode, '--no-warnings', `${after}.ts`);
    expect(started.stdout).toBe(recorded(after));
  });
});

/** The servers without which an example cannot be run, by their commands. */
function serversOf(name: string): string[] {
  const found = new Set([path.join(examplesFolder, `${name}.ts`)]);
  for (const file of found) {
    const text = fs.readFileSync(file, 'utf8');
    for (const [, specifier = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      found.add(path.join(path.dirname(file), specifier));
    }
  }
  return Object.entries(serverCommands)
    .filter(([file]) => found.has(path.join(examplesFolder, file)))
    .map(([, command]) => command);
}
