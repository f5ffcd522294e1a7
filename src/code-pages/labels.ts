/** What the pages of code say besides code. */
import type { TranslationFile } from '@docusaurus/types';

export interface Labels {
  readonly title: string;
  readonly contents: string;
  readonly explainedOn: string;
  readonly asPlainText: string;
}

export const english: Labels = {
  title: 'Source code',
  contents: 'In this folder',
  explainedOn: 'Explained on',
  asPlainText: 'As plain text',
};

const descriptions: Labels = {
  title: 'The title of the pages that show the files of the examples',
  contents: 'The accessible name of the list of folders and files',
  explainedOn: 'Before a link to the page that explains the code',
  asPlainText: 'A link to a file of code alone',
};

/** Labels as Docusaurus hands them out to be translated. */
export function labelFile(labels: Labels): TranslationFile {
  const message = (name: keyof Labels) => ({
    message: labels[name],
    description: descriptions[name],
  });
  return {
    path: 'labels',
    content: {
      title: message('title'),
      contents: message('contents'),
      explainedOn: message('explainedOn'),
      asPlainText: message('asPlainText'),
    },
  };
}

/** Labels as they come back; English where a language lacks one. */
export function translatedLabels(files: readonly TranslationFile[]): Labels {
  const [file] = files;
  const label = (name: keyof Labels) =>
    file?.content[name]?.message ?? english[name];
  return {
    title: label('title'),
    contents: label('contents'),
    explainedOn: label('explainedOn'),
    asPlainText: label('asPlainText'),
  };
}
