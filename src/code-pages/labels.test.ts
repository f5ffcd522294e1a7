import { expect, test } from 'vitest';
import { english, labelFile, translatedLabels } from './labels.ts';

test('labels go out to be translated, and come back', () => {
  const japanese = { ...english, title: 'ソースコード' };
  expect(translatedLabels([labelFile(japanese)])).toEqual(japanese);
});

test('a label that a language lacks is English', () => {
  const { title: _, ...content } = labelFile(english).content;
  expect(translatedLabels([{ path: 'labels', content }])).toEqual(english);
  expect(translatedLabels([])).toEqual(english);
});
