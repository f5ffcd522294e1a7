import { expect, test } from 'vitest';
import { tokenHash } from './tokens.mjs';

const text = `export const limit = 5;
export const text = \`a \${limit} b\`;
`;

test.each([
  ['comments', `/** Says why. */\n${text}// the end`],
  ['line ends', text.replaceAll(' = ', '\n  =\n  ')],
])('the hash of a module does not change with its %s', (_, other) => {
  expect(tokenHash(other)).toBe(tokenHash(text));
});

test.each([
  ['a constant', text.replace('5', '6')],
  ['a text', text.replace(' b`', ' c`')],
  ['the order', text.split('\n').reverse().join('\n')],
])('the hash of a module changes with %s', (_, other) => {
  expect(tokenHash(other)).not.toBe(tokenHash(text));
});
