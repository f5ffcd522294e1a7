/** `npm run translations`; `command-line.ts` says what it takes. */

import type { TranslatedLocale } from '../site.ts';
import { FenceError } from '../snippets/fence.ts';
import { RegionError } from '../snippets/regions.ts';
import {
  type Request,
  readCommandLine,
  UsageError,
  usage,
} from './command-line.ts';
import type { Report } from './report.ts';

const siteDir = process.cwd();

try {
  const { ok, text } = await answer(readCommandLine(process.argv.slice(2)));
  console.log(text);
  if (!ok) process.exitCode = 1;
} catch (error) {
  process.exitCode = 1;
  if (error instanceof UsageError)
    console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof FenceError || error instanceof RegionError)
    console.error(`${error.message}\nnpm run docs:check lists all such.`);
  else throw error;
}

/** Loads what it needs when it needs it: a mistyped word is told at once. */
async function answer(request: Request): Promise<Report> {
  switch (request.command) {
    case 'help':
      return { ok: true, text: usage };
    case 'accept': {
      const { accept } = await import('./accept.ts');
      return accept(siteDir, request.locale, request.pages);
    }
    case 'status': {
      const { status } = await import('./status.ts');
      return status(siteDir, await readStates(request.locales));
    }
    case 'check': {
      const { check } = await import('./check.ts');
      return check(await readStates(request.locales));
    }
  }
}

async function readStates(locales: readonly TranslatedLocale[]) {
  const { readLocales } = await import('./locale-state.ts');
  return readLocales(siteDir, locales);
}
