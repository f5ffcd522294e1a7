import { describe, expect, it } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import { stampOf, withStamp } from './stamp.ts';

const hash = '0123456789ab';

describe('a stamp', () => {
  it('is added at the end of the front matter', () => {
    expect(withStamp('---\ntitle: x\n---\n\nText.', hash)).toBe(
      `---\ntitle: x\nsourceHash: '${hash}'\n---\n\nText.`,
    );
  });

  it('replaces the one before', () => {
    expect(
      withStamp('---\nsourceHash: "old"\ntitle: x\n---\nText.\n', hash),
    ).toBe(`---\nsourceHash: '${hash}'\ntitle: x\n---\nText.\n`);
  });

  it('leaves every other byte alone', () => {
    const body = '\r\n\r\nsourceHash: old\r\n\r\n---\r\n  Text \t\r\n';
    const page = `\uFEFF---\r\ntitle:   x # why\r\n---${body}`;
    expect(withStamp(page, hash)).toBe(
      `\uFEFF---\r\ntitle:   x # why\r\nsourceHash: '${hash}'\r\n---${body}`,
    );
  });

  it('changes nothing when it is there', () => {
    const page = withStamp('---\ntitle: x\n---\n', hash);
    expect(withStamp(page, hash)).toBe(page);
  });

  it.each(['123456789012', '1234567e9012', '000000000000'])(
    'is read as it was written: %s',
    async (digits) => {
      const text = withStamp('---\ntitle: x\n---\n', digits);
      const page = await parsePage({ id: 'x', locale: 'ja', file: 'x', text });
      expect(stampOf(page)).toBe(digits);
    },
  );

  it('needs front matter', () => {
    expect(() => withStamp('# No front matter\n', hash)).toThrow(
      'expected front matter, between two lines of `---`',
    );
  });
});
