import { expect, test } from 'vitest';
import { requireAllLabels } from './labels.ts';
import { readDiagram } from './read/read.ts';

const model = readDiagram(
  'flowchart LR\na[Cache] -->|Cache & store| b[Cache]',
  'flowchart',
);

test('a drawing with all labels is accepted', async () => {
  requireAllLabels(
    await model,
    '<text>Cache</text><text x="1">Cache</text><text>Cache &amp; store</text>',
  );
});

test('a drawing that lacks one of two equal labels is refused', async () => {
  const drawing = '<text>Cache</text><text>Cache &amp; store</text>';
  const labels = await model;
  expect(() => requireAllLabels(labels, drawing)).toThrow(
    'the label `Cache` is not in the drawing',
  );
});
