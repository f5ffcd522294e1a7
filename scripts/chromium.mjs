import fs from 'node:fs';
import path from 'node:path';
import { chromium as playwright } from '@playwright/test';
import { UsageError } from './usage.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium to test in: the one that is named, else one of the system, else
 * Playwright's own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} own
 */
export function findChromium(
  { CHROMIUM, PATH = '' } = process.env,
  own = playwright.executablePath(),
) {
  const installed = PATH.split(path.delimiter).flatMap((folder) =>
    names.map((name) => path.join(folder, name)),
  );
  const candidates = CHROMIUM ? [CHROMIUM] : [...installed, own];
  const found = candidates.find((file) => fs.existsSync(file));
  if (found !== undefined) return found;
  throw new UsageError(
    CHROMIUM
      ? `CHROMIUM names a file that does not exist: ${CHROMIUM}.`
      : 'These tests need a Chromium: `npx playwright install chromium` gets one, or set CHROMIUM to the path of yours.',
  );
}
