import { afterEach, describe, expect, test, vi } from 'vitest';
import { isMain } from './main.ts';

function start(program: string | undefined) {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(
    ['node', program].filter((part) => part !== undefined),
  );
}

afterEach(() => vi.restoreAllMocks());

describe('an example is the main program', () => {
  test.each([
    '/home/linh/dirty-bit/examples/strategies/write-behind/after.ts',
    'C:\\code\\dirty-bit\\examples\\strategies\\write-behind\\after.ts',
  ])('when %s was started', (program) => {
    start(program);
    expect(isMain('strategies/write-behind/after')).toBe(true);
  });

  test.each([
    '/home/linh/dirty-bit/examples/strategies/write-behind/before.ts',
    '/home/linh/dirty-bit/node_modules/vitest/vitest.mjs',
    undefined,
  ])('but not when %s was started', (program) => {
    start(program);
    expect(isMain('strategies/write-behind/after')).toBe(false);
  });

  test('nor where there is no process at all', () => {
    vi.stubGlobal('process', undefined);
    const started = isMain('strategies/write-behind/after');
    vi.unstubAllGlobals();
    expect(started).toBe(false);
  });
});
