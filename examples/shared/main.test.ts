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
    '/home/linh/your-project/strategies/write-behind/after.ts',
    '/home/linh/your-project/dist/strategies/write-behind/after.js',
  ])('when %s was started', (program) => {
    start(program);
    expect(isMain('strategies/write-behind/after')).toBe(true);
  });

  test.each([
    '/home/linh/dirty-bit/examples/strategies/write-behind/before.ts',
    '/home/linh/dirty-bit/examples/strategies/write-behind/after.test.ts',
    '/home/linh/your-project/my-strategies/write-behind/after.ts.txt',
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
