/** A page of HTML that shows the files of a folder, and needs no script. */
import { escapeAttribute, escapeText } from '../html.ts';
import { languageOfFile } from '../snippets/languages.ts';
import { renderCode } from '../snippets/render.ts';
import { folderAddress, nameOf, plainAddress } from './address.ts';
import type { Folder } from './folders.ts';
import type { Labels } from './labels.ts';

export interface FolderPage extends Folder {
  /** The page that explains the code, relative to the locale's root. */
  readonly explainedOn: string | undefined;
  /** The text of a file in the folder. */
  readonly read: (example: string) => string;
}

/** What is the same on all pages of a locale. */
export interface Frame {
  readonly siteTitle: string;
  readonly htmlLang: string;
  readonly labels: Labels;
  /** Where the site is published, without a path. */
  readonly url: string;
  /** The path at which the locale begins. */
  readonly baseUrl: string;
  /** The path at which the source language begins, which has the plain files. */
  readonly sourceBaseUrl: string;
  readonly style: string;
  /** Sets the theme that the reader has chosen on the site. */
  readonly script: string;
}

export async function renderFolderPage(
  page: FolderPage,
  frame: Frame,
): Promise<string> {
  const { labels, siteTitle, url, sourceBaseUrl } = frame;
  const title = `${page.path || labels.title} | ${siteTitle}`;
  const files = await Promise.all(
    page.files.map((example) => file(example, page.read(example), frame)),
  );
  return `<!doctype html>
<html lang="${frame.htmlLang}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<link rel="canonical" href="${url}${sourceBaseUrl}${folderAddress(page.path)}">
<link rel="icon" href="${sourceBaseUrl}img/mark.svg">
<style>${frame.style}</style>
<script>${frame.script}</script>
</head>
<body class="code-page">
<header><a href="${frame.baseUrl}">${escapeText(siteTitle)}</a></header>
<main>
<h1>${breadcrumbs(page.path, frame)}</h1>
${explanation(page, frame)}${contents(page, frame)}${files.join('')}</main>
</body>
</html>
`;
}

/** The folders around this one, each a link. */
function breadcrumbs(path: string, { labels, baseUrl }: Frame): string {
  const parts = path === '' ? [] : path.split('/');
  const ancestors = ['', ...parts].map((_, index) => ({
    name: index === 0 ? labels.title : (parts[index - 1] ?? ''),
    address: baseUrl + folderAddress(parts.slice(0, index).join('/')),
  }));
  return ancestors
    .map(({ name, address }, index) =>
      index === ancestors.length - 1
        ? `<span>${escapeText(name)}</span>`
        : `<a href="${address}">${escapeText(name)}</a> / `,
    )
    .join('');
}

function explanation(
  { explainedOn }: FolderPage,
  { labels, baseUrl }: Frame,
): string {
  if (explainedOn === undefined) return '';
  const address = baseUrl + explainedOn;
  return `<p>${escapeText(labels.explainedOn)} <a href="${address}">${address}</a></p>\n`;
}

function contents(
  { folders, files }: FolderPage,
  { labels, baseUrl }: Frame,
): string {
  const entries = [
    ...folders.map((folder) => ({
      address: baseUrl + folderAddress(folder),
      name: `${nameOf(folder)}/`,
    })),
    ...files.map((example) => ({
      address: `#${nameOf(example)}`,
      name: nameOf(example),
    })),
  ];
  const items = entries.map(
    ({ address, name }) => `<li><a href="${address}">${name}</a></li>`,
  );
  return `<nav aria-label="${escapeAttribute(labels.contents)}"><ul>\n${items.join('\n')}\n</ul></nav>\n`;
}

async function file(
  example: string,
  text: string,
  { labels, sourceBaseUrl }: Frame,
): Promise<string> {
  const name = nameOf(example);
  const { html } = await renderCode(text.trimEnd(), languageOfFile(example));
  return `<section id="${name}">
<h2><a href="#${name}">${name}</a></h2>
<a class="plain" href="${sourceBaseUrl}${plainAddress(example)}">${escapeText(labels.asPlainText)}</a>
<pre lang="en" translate="no" role="group" tabindex="0" aria-label="${name}"><code class="code">${html}</code></pre>
</section>
`;
}
