import {
  afterAll,
  afterEach,
  beforeEach,
  describe,
  expect,
  test,
  vi,
} from 'vitest';
import { runSteps, verdict } from './steps.mjs';

const log = vi.spyOn(console, 'log').mockImplementation(() => {});
const passing = { name: 'a', run: () => verdict(Promise.resolve(0)) };
const failing = { name: 'b', run: () => verdict(Promise.resolve(2)) };
const skipping = {
  name: 'c',
  run: async () => ({ passed: 5, failed: [], skipped: ['reads a file'] }),
};

/** The exit code of the process under test must not be that of this one. */
beforeEach(() => vi.stubEnv('CI', ''));

afterAll(() => log.mockRestore());

afterEach(() => {
  process.exitCode = undefined;
  log.mockClear();
  vi.unstubAllEnvs();
});

function lastLines(): string {
  return log.mock.calls.flat().join('\n');
}

describe('steps', () => {
  test('all run, though one fails, and then fail together', async () => {
    await runSteps([failing, passing]);
    expect(process.exitCode).toBe(1);
    expect(lastLines()).toMatch(/\n1 passed, 1 failed, 0 skipped$/);
  });

  test('name what failed', async () => {
    const run = async () => ({ passed: 1, failed: ['writes'], skipped: [] });
    await runSteps([{ name: 'tests', run }, passing]);
    expect(lastLines()).toMatch(
      /\nfailed: tests: writes\n2 passed, 1 failed, 0 skipped$/,
    );
  });

  test('pass together', async () => {
    await runSteps([passing, passing]);
    expect(process.exitCode).toBeUndefined();
  });

  test('name what was skipped', async () => {
    await runSteps([passing, skipping]);
    expect(lastLines()).toMatch(
      /\nskipped: reads a file\n6 passed, 0 failed, 1 skipped$/,
    );
    expect(process.exitCode).toBeUndefined();
  });

  test('fail on CI when something was skipped', async () => {
    vi.stubEnv('CI', 'true');
    await runSteps([skipping]);
    expect(process.exitCode).toBe(1);
  });
});

test('one bad exit code makes a bad verdict', async () => {
  const codes = [0, 1, 0].map((code) => Promise.resolve(code));
  const { passed, failed } = await verdict(...codes);
  expect([passed, failed.length]).toEqual([0, 1]);
});
