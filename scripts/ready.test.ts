import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'acorn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ready = 'scripts/ready.cjs';
let clone = '';
let npmStatus = 0;
let npmConfig: NodeJS.ProcessEnv = {};

/** A repository, and an npm that installs nothing and says that it ran. */
beforeEach(() => {
  npmStatus = 0;
  npmConfig = {};
  clone = fs.mkdtempSync(path.join(os.tmpdir(), 'ready-'));
  for (const file of [ready, 'scripts/installation.cjs'])
    fs.cpSync(path.join(import.meta.dirname, '..', file), at(file));
  fs.writeFileSync(at('package-lock.json'), 'packages');
  fs.writeFileSync(
    at('npm-cli.js'),
    "console.log('npm', process.argv[2]); process.exit(process.env.STATUS);",
  );
});

afterEach(() => fs.rmSync(clone, { recursive: true }));

function at(file: string): string {
  return path.join(clone, file);
}

/** What npm leaves when it has installed, and runs when it has. */
function npmInstalled() {
  fs.mkdirSync(at('node_modules'), { recursive: true });
  fs.writeFileSync(at('node_modules/.package-lock.json'), '');
  node('scripts/installation.cjs');
}

function node(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: clone,
    encoding: 'utf8',
    env: {
      npm_execpath: at('npm-cli.js'),
      STATUS: String(npmStatus),
      ...npmConfig,
    },
  });
  return { status, stderr };
}

describe('a command', () => {
  test('installs what is missing, says so, and only once', () => {
    expect(node(ready)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(
        /^Installing .* no node_modules yet\.\nnpm install\n$/,
      ),
    });
    expect(node(ready)).toEqual({ status: 0, stderr: '' });
  });

  test('installs again what an interrupted installation left', () => {
    fs.mkdirSync(at('node_modules/half'), { recursive: true });
    expect(node(ready).stderr).toContain('did not finish');
    expect(node(ready).stderr).toBe('');
  });

  test('installs again when the lock file has changed', () => {
    npmInstalled();
    fs.writeFileSync(at('package-lock.json'), 'other packages');
    expect(node(ready).stderr).toContain('package-lock.json has changed');
    expect(node(ready).stderr).toBe('');
  });

  test('leaves alone what npm itself has installed', () => {
    npmInstalled();
    expect(node(ready).stderr).toBe('');
  });

  test('believes no stamp where npm has installed nothing', () => {
    node('scripts/installation.cjs');
    expect(node(ready).stderr).toContain('Installing');
  });

  test.each([[{ NODE_ENV: 'production' }], [{ npm_config_omit: 'dev' }]])(
    'installs what npm was told to leave out: %o',
    (config) => {
      npmInstalled();
      npmConfig = config;
      node('scripts/installation.cjs');
      npmConfig = {};
      expect(node(ready).stderr).toContain('did not finish');
    },
  );

  test('ends with what to do when the installation fails', () => {
    npmStatus = 1;
    expect(node(ready)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('could not be installed'),
    });
    expect(fs.existsSync(at('node_modules/.installed'))).toBe(false);
  });
});

describe('an old Node', () => {
  test.each(['8.17.0', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
    'is told what is needed: %s',
    (version) => {
      fs.writeFileSync(
        at('old.cjs'),
        `Object.defineProperty(process.versions, 'node', { value: '${version}' })`,
      );
      expect(node('-r', './old.cjs', ready)).toEqual({
        status: 1,
        stderr: `Dirty Bit needs Node.js 20.19, 22.12 or newer, and this is ${version}: get a current one at https://nodejs.org.\n`,
      });
    },
  );

  test('can read the sentence: it is written in the syntax of 2015', () => {
    const source = fs.readFileSync(at(ready), 'utf8');
    expect(() => parse(source, { ecmaVersion: 2015 })).not.toThrow();
  });
});
