import { expect, test } from 'vitest';
import { inlineKindOf } from './kind.ts';

test.each([
  ['flowchart LR', 'flowchart'],
  ['graph TD;', 'flowchart'],
  ['sequenceDiagram', 'sequence'],
  ['classDiagram', 'class'],
  ['stateDiagram-v2', 'state'],
  ['erDiagram', 'er'],
])('`%s` is drawn at build time', (header, kind) => {
  expect(inlineKindOf(`${header}\n  a`)).toBe(kind);
});

test.each(['pie title Reads', 'gantt', 'mindmap', ''])(
  '`%s` is left to the browser',
  (source) => {
    expect(inlineKindOf(source)).toBeUndefined();
  },
);

test('front matter, directives and comments may stand before the header', () => {
  const source = [
    '---',
    'title: Write path',
    '---',
    '%% why it is drawn',
    '%%{init: {',
    '  "theme": "forest"',
    '}}%%',
    '',
    'flowchart TD',
  ].join('\n');
  expect(inlineKindOf(source)).toBe('flowchart');
});
