import { afterEach, describe, expect, test, vi } from 'vitest';
import { readLocales } from './locales.mjs';
import { command, readOptions } from './usage.mjs';

const usage = 'npm run dev -- [--locale ja] [--port 3000]';

afterEach(() => {
  vi.restoreAllMocks();
});

function read(...args: string[]) {
  return readOptions(usage, ['locale', 'port'], args);
}

describe('options', () => {
  test('are read, in either form, as often as they are given', () => {
    expect(read('--locale', 'ja', '--port=80', '--locale', 'vi')).toEqual({
      locale: ['ja', 'vi'],
      port: ['80'],
    });
  });

  test('that nobody knows are refused, with those there are', () => {
    expect(() => read('--prot', '80')).toThrow(
      /Unknown option '--prot'.*\nUsage: npm run dev -- \[--locale ja\]/,
    );
  });

  test('are told to whoever asks, which is no mistake', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    await command(async () => {
      read('--locale', 'ja', '--help');
    });
    expect(log.mock.calls).toEqual([[`Usage: ${usage}`]]);
    expect(process.exitCode).toBeUndefined();
  });

  test('that npm swallowed the name of are refused', () => {
    expect(() => read('ja')).toThrow(/Unexpected argument 'ja'/);
  });

  test('name a locale once', () => {
    expect(readLocales(['ja', 'vi', 'ja'])).toEqual(['ja', 'vi']);
  });

  test('that name no locale are refused, with the locales there are', () => {
    expect(() => readLocales(['jp'])).toThrow(
      'There is no locale "jp". The locales are: en, vi, ja.',
    );
  });
});
