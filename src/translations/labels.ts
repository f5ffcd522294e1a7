/**
 * The labels of the site: what its components, its theme, its bars and its
 * sidebar say. Docusaurus itself tells which there are, and which of them the
 * theme brings translated.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  extractAllSourceCodeFileTranslations,
  getBabelOptions,
  getCustomBabelConfigFilePath,
} from '@docusaurus/babel';
import { initPlugins } from '@docusaurus/core/lib/server/plugins/init.js';
import { loadContext } from '@docusaurus/core/lib/server/site.js';
import { loadPluginsDefaultCodeTranslationMessages } from '@docusaurus/core/lib/server/translations/translations.js';
import type {
  InitializedPlugin,
  TranslationFileContent,
} from '@docusaurus/types';
import {
  getPluginI18nPath,
  globTranslatableSourceFiles,
} from '@docusaurus/utils';
import { type Locale, sourceLocale, type TranslatedLocale } from '../site.ts';
import { readMessages } from './message-file.ts';

export interface Label {
  readonly id: string;
  /** The file of messages that it belongs in, relative to the site. */
  readonly file: string;
  /** Where it stands in the file; the first line where it does not. */
  readonly line: number;
  /** Absent for a message that nothing on the site says any more. */
  readonly english: string | undefined;
  /** Absent where readers see the English message. */
  readonly translation: string | undefined;
}

/** Tells which labels a language needs, and which it has. */
export type LabelReader = (locale: TranslatedLocale) => Promise<Label[]>;

export async function labelReader(siteDir: string): Promise<LabelReader> {
  const plugins = await loadPlugins(siteDir, sourceLocale);
  const code = await messagesOfCode(siteDir, plugins);
  const files = await Promise.all(plugins.map(messagesOfPlugin));

  return async (locale) => {
    const defaults = await loadPluginsDefaultCodeTranslationMessages(
      await loadPlugins(siteDir, locale),
    );
    const known: MessageFile[] = [
      { name: 'code.json', english: code, defaults },
      ...files.flat(),
    ];
    return [...known, ...unknownFiles(siteDir, locale, known)].flatMap((file) =>
      labelsOf(siteDir, locale, file),
    );
  };
}

type Messages = Readonly<Record<string, string>>;

interface MessageFile {
  /** Its path below the folder of a locale. */
  readonly name: string;
  readonly english: Messages;
  /** What readers see where the file lacks a message; English if nothing. */
  readonly defaults: Messages;
}

async function loadPlugins(
  siteDir: string,
  locale: Locale,
): Promise<InitializedPlugin[]> {
  return initPlugins(await loadContext({ siteDir, locale }));
}

/**
 * What Docusaurus' own command would find in the code, in a fraction of its
 * time: it parses every file, though few have a message.
 */
async function messagesOfCode(
  siteDir: string,
  plugins: readonly InitializedPlugin[],
): Promise<Messages> {
  const files = await globTranslatableSourceFiles([
    path.join(siteDir, 'src'),
    themeCommon,
    ...plugins.flatMap((plugin) => {
      const theme = plugin.getThemePath?.();
      return theme === undefined ? [] : [path.resolve(plugin.path, theme)];
    }),
  ]);
  const extracted = await extractAllSourceCodeFileTranslations(
    files.filter(
      (file) =>
        !file.includes('.test.') &&
        fs.readFileSync(file, 'utf8').includes('@docusaurus/Translate'),
    ),
    getBabelOptions({
      isServer: true,
      babelOptions: await getCustomBabelConfigFilePath(siteDir),
    }),
  );
  const [unclear] = extracted.flatMap(({ sourceCodeFilePath, warnings }) =>
    warnings.map((warning) => `${sourceCodeFilePath}: ${warning}`),
  );
  if (unclear !== undefined) throw new Error(unclear);
  return Object.fromEntries(
    extracted.flatMap(({ translations }) =>
      Object.entries(messagesIn(translations)),
    ),
  );
}

// A theme has no way to say that a package beside it holds messages too.
const themeCommon = path.dirname(
  createRequire(import.meta.url).resolve('@docusaurus/theme-common'),
);

/** The messages of a plugin that are not in code, such as those of a sidebar. */
async function messagesOfPlugin(
  plugin: InitializedPlugin,
): Promise<MessageFile[]> {
  if (plugin.getTranslationFiles === undefined) return [];
  const content = await plugin.loadContent?.();
  const folder = getPluginI18nPath({
    localizationDir: '',
    pluginName: plugin.name,
    pluginId: plugin.options.id,
  });
  return (await plugin.getTranslationFiles({ content })).map((file) => ({
    name: `${folder}/${file.path}.json`,
    english: messagesIn(file.content),
    defaults: {},
  }));
}

function messagesIn(content: TranslationFileContent): Messages {
  return Object.fromEntries(
    Object.entries(content)
      .filter(([id]) => !unseen.has(id))
      .map(([id, { message }]) => [id, message]),
  );
}

/** This site shows no version. */
const unseen: ReadonlySet<string> = new Set(['version.label']);

function labelsOf(
  siteDir: string,
  locale: TranslatedLocale,
  { name, english, defaults }: MessageFile,
): Label[] {
  const file = `i18n/${locale}/${name}`;
  const messages = readMessages(siteDir, file);
  const ids = new Set([...Object.keys(english), ...messages.keys()]);
  return [...ids].map((id) => ({
    id,
    file,
    line: messages.get(id)?.line ?? 1,
    english: english[id],
    translation: messages.get(id)?.message ?? defaults[id],
  }));
}

/** Files of messages that nothing reads any more. */
function unknownFiles(
  siteDir: string,
  locale: TranslatedLocale,
  known: readonly MessageFile[],
): MessageFile[] {
  const folder = path.join(siteDir, 'i18n', locale);
  if (!fs.existsSync(folder)) return [];
  const names = new Set(known.map(({ name }) => name));
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.json') && file !== 'code-comments.json')
    .filter((file) => !names.has(file))
    .map((name) => ({ name, english: {}, defaults: {} }));
}
