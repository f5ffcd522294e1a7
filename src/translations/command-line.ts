/** What somebody asks of the command, read from the words that they typed. */
import { parseArgs } from 'node:util';
import { byNearness } from '../nearest.ts';
import { type TranslatedLocale, translatedLocales } from '../site.ts';

export type Request =
  | { readonly command: 'help' }
  | {
      readonly command: 'status' | 'check';
      readonly locales: readonly TranslatedLocale[];
    }
  | {
      readonly command: 'accept';
      readonly locale: TranslatedLocale;
      readonly pages: readonly string[];
    };

/** Something that the command cannot do as it was asked. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run translations                                what is translated, and what is not
npm run translations -- check                       fail on whatever must be mended
npm run translations -- accept <language> <page …>  stamp pages that have been reviewed
npm run translations -- accept <language>           list the pages that await a review

  --locale <language>  look at one language only: ${translatedLocales.join(', ')}
`;

export function readCommandLine(args: readonly string[]): Request {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  const [command = 'status', ...rest] = positionals;
  const locale =
    values.locale === undefined ? undefined : readLocale(values.locale);
  switch (command) {
    case 'status':
    case 'check':
      refuse(rest, `after \`${command}\``);
      return {
        command,
        locales: locale === undefined ? translatedLocales : [locale],
      };
    case 'accept': {
      const [first, ...others] = rest;
      const pages = locale === undefined ? others : rest;
      return {
        command,
        locale: locale ?? readLocale(first),
        pages: pages.map(pageId),
      };
    }
    default:
      throw new UsageError(
        `expected a command, ${oneOf(command, commands)}, and got \`${command}\``,
      );
  }
}

const commands = ['status', 'check', 'accept'] as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        locale: { type: 'string' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '', {
      cause: error,
    });
  }
}

function readLocale(name: string | undefined): TranslatedLocale {
  const locale = translatedLocales.find((candidate) => candidate === name);
  if (locale !== undefined) return locale;
  throw new UsageError(
    `expected a language, ${oneOf(name ?? '', translatedLocales)}, and got ${name === undefined ? 'none' : `\`${name}\``}`,
  );
}

function oneOf(wanted: string, names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(
    byNearness(wanted, names),
  );
}

function refuse(rest: readonly string[], where: string): void {
  if (rest.length === 0) return;
  throw new UsageError(
    `expected nothing ${where}, and got \`${rest.join(' ')}\``,
  );
}

/** The path of a page's file, in any language, names the page as well. */
function pageId(argument: string): string {
  return argument
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)?(?:docs\/|i18n\/.*?\/current\/)?/, '')
    .replace(/\.mdx?$/, '');
}
