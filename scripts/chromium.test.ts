import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
const mine = path.join(folder, 'mine');
const system = path.join(folder, 'google-chrome');
const playwrights = path.join(folder, 'playwrights');
const nowhere = path.join(folder, 'nowhere');
const PATH = [nowhere, folder].join(path.delimiter);

beforeAll(() => {
  for (const file of [mine, system, playwrights]) fs.writeFileSync(file, '');
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the Chromium to test in', () => {
  test('is the one that is named', () => {
    expect(findChromium({ CHROMIUM: mine, PATH }, playwrights)).toBe(mine);
  });

  test('is else one of the system', () => {
    expect(findChromium({ PATH }, playwrights)).toBe(system);
  });

  test("is else Playwright's own", () => {
    expect(findChromium({ PATH: nowhere }, playwrights)).toBe(playwrights);
  });

  test('has to be got when there is none', () => {
    expect(() => findChromium({}, nowhere)).toThrow(
      'These tests need a Chromium: `npx playwright install chromium` gets one',
    );
  });

  test('has to exist when it is named', () => {
    expect(() => findChromium({ CHROMIUM: nowhere, PATH }, mine)).toThrow(
      `CHROMIUM names a file that does not exist: ${nowhere}.`,
    );
  });
});
