import { defineConfig } from 'vitest/config';

/** Tests that build copies of the site, and look at what was published. */
export default defineConfig({
  test: {
    name: 'build',
    include: ['e2e/site-builds/*.test.ts'],
    // One build is enough to keep all processors busy.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
