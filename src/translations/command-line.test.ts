import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('the command line', () => {
  it('asks for the status of all languages when it is empty', () => {
    expect(readCommandLine([])).toEqual({
      command: 'status',
      locales: ['vi', 'ja'],
    });
  });

  it('takes one language', () => {
    const expected = { command: 'check', locales: ['ja'] };
    expect(readCommandLine(['check', '--locale', 'ja'])).toEqual(expected);
    expect(readCommandLine(['--locale=ja', 'check'])).toEqual(expected);
  });

  it('takes pages by their ids, or by their files in any language', () => {
    expect(
      readCommandLine([
        'accept',
        'ja',
        'strategies/write-behind',
        './docs/start/introduction.mdx',
        'i18n/ja/docusaurus-plugin-content-docs/current/contribute/examples.mdx',
      ]),
    ).toEqual({
      command: 'accept',
      locale: 'ja',
      pages: [
        'strategies/write-behind',
        'start/introduction',
        'contribute/examples',
      ],
    });
  });

  it('takes no page, to learn which ones await a review', () => {
    expect(readCommandLine(['accept', 'vi'])).toEqual({
      command: 'accept',
      locale: 'vi',
      pages: [],
    });
  });

  it('explains itself', () => {
    expect(readCommandLine(['--help'])).toEqual({ command: 'help' });
  });

  it.each([
    [['chek'], 'expected a command, check, accept, or status, and got `chek`'],
    [
      ['status', '--locale', 'jp'],
      'expected a language, ja or vi, and got `jp`',
    ],
    [['accept', 'vn', 'x'], 'expected a language, vi or ja, and got `vn`'],
    [['accept', 'en', 'x'], 'expected a language, ja or vi, and got `en`'],
    [['accept'], 'expected a language, ja or vi, and got none'],
    [['check', 'ja'], 'expected nothing after `check`, and got `ja`'],
    [['--all'], "Unknown option '--all'"],
  ])('refuses %s', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });
});
