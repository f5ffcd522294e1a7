/**
 * What has changed in an English page since a translation of it was accepted.
 * The stamp is one short hash, so that it stays readable; the text that it was
 * made of is in the history of the page, as long as it has one.
 */
import { spawnSync } from 'node:child_process';
import { type Page, parsePage } from '../mdx/page.ts';
import { type Section, sectionsOf, sourceHash } from './source-hash.ts';

export interface Changes {
  /** The commit that holds the page as it was accepted. */
  readonly commit: string;
  /** The sections that are not what they were, in words. */
  readonly sections: readonly string[];
}

/** `undefined` where the history does not have the accepted text. */
export async function changesSince(
  siteDir: string,
  page: Page,
  stamp: string,
): Promise<Changes | undefined> {
  for (const commit of commitsOf(siteDir, page.file)) {
    const text = git(siteDir, ['show', `${commit}:./${page.file}`]);
    if (text === undefined) continue;
    // What does not parse is not what was accepted.
    const accepted = await parsePage({ ...page, text }).catch(() => undefined);
    if (accepted !== undefined && sourceHash(accepted) === stamp) {
      return { commit, sections: changedSections(accepted, page) };
    }
  }
  return undefined;
}

export function changedSections(before: Page, now: Page): string[] {
  const old = byId(sectionsOf(before));
  const current = byId(sectionsOf(now));
  return [
    ...[...current.values()].flatMap(({ id, title, content }) => {
      const former = old.get(id);
      if (former === undefined) return [`${title} (new)`];
      return former.content === content ? [] : [title];
    }),
    ...[...old.values()]
      .filter(({ id }) => !current.has(id))
      .map(({ title }) => `${title} (removed)`),
  ];
}

function byId(sections: readonly Section[]): ReadonlyMap<string, Section> {
  return new Map(sections.map((section) => [section.id, section]));
}

/** Newest first. */
function commitsOf(siteDir: string, file: string): string[] {
  const log = git(siteDir, ['log', '--format=%h', '--', file]) ?? '';
  return log.split('\n').filter((commit) => commit !== '');
}

/** `undefined` where there is no git, no repository, or no such thing in it. */
function git(siteDir: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    cwd: siteDir,
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}
