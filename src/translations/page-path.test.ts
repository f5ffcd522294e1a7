import { expect, it } from 'vitest';
import { pagePath } from './page-path.ts';

it.each([
  ['/strategies/write-behind/', '/', 'strategies/write-behind'],
  ['/ja/strategies/write-behind', '/ja/', 'strategies/write-behind'],
  ['/site/vi/start/', '/site/vi/', 'start'],
  ['/ja/start/index.html', '/ja/', 'start'],
  ['/ja/', '/ja/', ''],
  ['/index.html', '/', ''],
])('calls %s below %s "%s"', (permalink, baseUrl, path) => {
  expect(pagePath(permalink, baseUrl)).toBe(path);
});
