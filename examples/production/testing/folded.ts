const width = 80;
const indent = ' '.repeat(11);

/** Long lines in pieces that a page can show. Those that go on are indented. */
export function folded(text: string): string {
  return text.split('\n').flatMap(pieces).join('\n');
}

function pieces(line: string): string[] {
  const end = line.lastIndexOf(' ', width);
  if (line.length <= width || end <= indent.length) return [line];
  return [line.slice(0, end), ...pieces(indent + line.slice(end + 1))];
}
