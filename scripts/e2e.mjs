import { findChromium } from './chromium.mjs';
import { freePort } from './free-port.mjs';
import { buildSite, isStale, publishedFolder } from './site-build.mjs';
import { listen } from './site-server.mjs';
import { runSteps } from './steps.mjs';
import { runPlaywright, runVitest } from './test-runners.mjs';
import { runTool } from './tool.mjs';
import { command } from './usage.mjs';

command(async () => {
  const filters = process.argv.slice(2);
  const CHROMIUM = findChromium();
  if (isStale()) await buildSite();
  const site = await listen(publishedFolder(), await freePort(4000));
  const env = { CHROMIUM, BASE_URL: site.address };
  try {
    if (filters.length > 0)
      process.exitCode = await runTool('playwright', ['test', ...filters], {
        env,
      });
    else
      await runSteps([
        { name: 'browser', run: () => runPlaywright(env) },
        {
          name: 'builds',
          run: () => runVitest('--config', 'e2e/vitest.config.mts'),
        },
      ]);
  } finally {
    site.close();
  }
});
