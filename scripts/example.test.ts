import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { examplesFolder } from './example-loader.mjs';
import { listExamples } from './example-names.mjs';

const names = listExamples(examplesFolder);
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

  function outputs(node: string, loader: 'ts-node' | 'node') {
    const { stdout, stderr } = run(
      node,
      '--no-warnings',
      script('example-outputs.mjs'),
      loader,
      ...names,
    );
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  function recordings() {
    return Object.fromEntries(names.map((name) => [name, recorded(name)]));
  }

  test('prints what is recorded of it, run by ts-node', () => {
    expect(outputs(process.execPath, 'ts-node')).toEqual(recordings());
  });

  test.skipIf(!readsTypeScript)(
    `prints the same, run by Node.js alone (MODERN_NODE: ${modernVersion})`,
    () => {
      expect(outputs(modernNode, 'node')).toEqual(recordings());
      const started = run(modernNode, '--no-warnings', `${after}.ts`);
      expect(started.stdout).toBe(recorded(after));
    },
  );
});
