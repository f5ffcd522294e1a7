import { defineConfig } from '@playwright/test';

/**
 * `npm run test:e2e` serves the site and finds a browser. To run single tests
 * from an editor, serve the site with `npm start` first.
 */
const { BASE_URL = 'http://localhost:3000', CHROMIUM } = process.env;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  forbidOnly: process.env.CI === 'true',
  workers: '100%',
  // Generous, since a page that is slow here says little about the page.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: BASE_URL,
    launchOptions: {
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: [
        '--disable-gpu',
        '--disable-quic',
        // The site is all that the browser may reach.
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
      ],
    },
  },
});
