import { afterEach, beforeEach, expect, test } from 'vitest';
import { docsFolder } from '../../src/site.ts';
import { SiteCopy } from './site-copy.ts';

let site: SiteCopy;

beforeEach(() => {
  site = new SiteCopy();
});

afterEach(() => site.remove());

test('a region that the example does not have fails the build', async () => {
  const page = `${docsFolder('en')}/start/introduction.mdx`;
  const fence =
    'ts example="strategies/write-behind/before.ts" region="nowhere"';
  const line = site.append(page, `\`\`\`${fence}\n\`\`\`\n`);
  const { succeeded, output } = await site.build('en');
  expect(succeeded).toBe(false);
  expect(output).toContain(`${page}:${line}`);
  expect(output).toContain('no region "nowhere"');
});

test('an anchor that no Japanese page has fails the build', async () => {
  const page = `${docsFolder('ja')}/start/introduction.mdx`;
  site.append(page, '[ない](#nowhere)\n');
  const { succeeded, output } = await site.build('ja');
  expect(succeeded).toBe(false);
  expect(output).toContain('/start/introduction/#nowhere');
});
