const fewest = 4;

/** The lines of a story, without those that say the same again and again. */
export function abridged(story: readonly string[]): string[] {
  const lines: string[] = [];
  let again: string[] = [];
  const tell = () => {
    const last = again.at(-1);
    if (last === undefined || again.length < fewest) lines.push(...again);
    else
      lines.push(`${'…'.padStart(9)}  more of the same, until ${timeOf(last)}`);
    again = [];
  };
  for (const [index, line] of story.entries()) {
    // Begins and ends take turns: the same is one or two lines above.
    const above = story.slice(Math.max(index - 2, 0), index).map(textOf);
    if (above.includes(textOf(line))) {
      again.push(line);
      continue;
    }
    tell();
    lines.push(line);
  }
  tell();
  return lines;
}

function timeOf(line: string): string {
  return line.slice(0, line.indexOf(' ms  ')).trim().concat(' ms');
}

function textOf(line: string): string {
  return line.slice(line.indexOf(' ms  '));
}
