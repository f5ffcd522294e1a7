import type { Feature, Finding } from './features.ts';

/** Where a finding can be read: a file at a commit, an issue, a document. */
export interface Source {
  /** As its authors call it; no language translates it. */
  readonly what: string;
  readonly url: string;
}

/** Where a finding of our own is explained, and the test that proves it. */
export interface Proof {
  readonly page: string;
  readonly anchor: string;
  /** A file of the examples, and the name of a test in it. */
  readonly test: readonly [file: string, name: string];
}

export interface Cell<F extends Feature, From> {
  readonly finding: Finding<F>;
  readonly from: From;
}

export type Row<From> = { readonly [F in Feature]: Cell<F, From> };

export interface Library {
  readonly id: string;
  readonly name: string;
  readonly cells: Row<Source>;
}

/** A finding and where it was found, in the order in which one says it. */
export function found<F extends string, From>(finding: F, from: From) {
  return { finding, from };
}

export interface Repository {
  /** A file as it was when it was studied. */
  file(path: string, commit?: string): Source;
  issue(number: number): Source;
}

export function repository(name: string, studied: string): Repository {
  const root = `https://github.com/${name}`;
  return {
    file: (path, commit = studied) => ({
      what: path.slice(path.lastIndexOf('/') + 1),
      url: `${root}/blob/${commit}/${path}`,
    }),
    issue: (number) => ({
      what: `#${number}`,
      url: `${root}/issues/${number}`,
    }),
  };
}
