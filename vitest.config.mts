import { defineConfig } from 'vitest/config';

// No test waits for time to pass, so this finds what hangs and nothing else: it
// must not fail a test because the machine is busy.
const testTimeout = 60_000;

// The files of a worker share their modules, which are big: half of the time
// would go into loading them anew. So a test undoes what it changes.
const isolate = false;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'examples',
          include: ['examples/**/*.test.ts'],
          testTimeout,
          hookTimeout: testTimeout,
          isolate,
        },
      },
      {
        test: {
          name: 'site',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/fixtures/**'],
          testTimeout,
          hookTimeout: testTimeout,
          isolate,
        },
      },
    ],
  },
});
