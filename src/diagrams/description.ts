/** What a diagram says to a reader who does not see it. */
export interface Description {
  readonly title: string;
  readonly description: string;
}

/** `undefined` where the source lacks one of the two. */
export function descriptionOf(source: string): Description | undefined {
  const title = /^\s*accTitle\s*:(.+)$/m.exec(source)?.[1];
  const description =
    /^\s*accDescr\s*:(.+)$/m.exec(source)?.[1] ??
    /^\s*accDescr\s*\{([^}]*)\}/m.exec(source)?.[1];
  const found = {
    title: oneLine(title ?? ''),
    description: oneLine(description ?? ''),
  };
  return found.title && found.description ? found : undefined;
}

export const undescribed =
  'the diagram lacks `accTitle` or `accDescr`: without them it says nothing to a reader who does not see it';

export const howToDescribe =
  'add `accTitle: <what it shows>` and `accDescr: <what it says, in a sentence or two>` as the first lines below the header';

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
