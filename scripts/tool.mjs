import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.dirname(import.meta.dirname);

/** Started with this very Node, and with no shell in between. */
const programs = {
  biome: '@biomejs/biome/bin/biome',
  docusaurus: '@docusaurus/core/bin/docusaurus.mjs',
  jiti: 'jiti/lib/jiti-cli.mjs',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};

/** @type {readonly NodeJS.Signals[]} */
const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a tool of node_modules in this terminal, and resolves with its exit
 * code. A signal that ends this process ends the tool first.
 *
 * @param {keyof typeof programs} name
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runTool(name, args, { env = {} } = {}) {
  const program = path.join(root, 'node_modules', programs[name]);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
    // Which versions run is for package.json to say, and not for a notice.
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1', ...env },
  });

  /** @type {NodeJS.Signals | undefined} */
  let interruption;
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    interruption = signal;
    child.kill(signal);
  };
  for (const signal of interruptions) process.on(signal, interrupt);

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of interruptions) process.off(signal, interrupt);
      if (interruption) process.kill(process.pid, interruption);
      else resolve(code ?? 1);
    });
  });
}
