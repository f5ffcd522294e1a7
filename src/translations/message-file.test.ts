import { describe, expect, it } from 'vitest';
import { readMessages } from './message-file.ts';
import { temporarySite } from './temporary-site.ts';

describe('a file of messages', () => {
  it('tells on which line a message stands', () => {
    const site = temporarySite({
      'code.json': '{\n  "copy": {\n    "message": "コピー"\n  }\n}\n',
    });
    expect(readMessages(site, 'code.json').get('copy')).toEqual({
      message: 'コピー',
      line: 2,
    });
  });

  it('may be missing', () => {
    expect(readMessages(temporarySite({}), 'code.json').size).toBe(0);
  });

  it.each([
    ['{', 'code.json is not JSON'],
    ['"copy"', 'code.json: expected { "id": { "message": "…" } }'],
    [
      '{ "copy": "コピー" }',
      'code.json: expected "copy": { "message": "…" }, and found "コピー"',
    ],
  ])('is refused when it is %s', (text, message) => {
    const site = temporarySite({ 'code.json': text });
    expect(() => readMessages(site, 'code.json')).toThrow(message);
  });
});
