import { choosePort } from './free-port.mjs';
import { readLocales, sourceLocale } from './locales.mjs';
import { endWithParent } from './orphan.mjs';
import { runTool } from './tool.mjs';
import { command, readOptions } from './usage.mjs';

command(async () => {
  endWithParent();
  const options = readOptions('npm run dev -- [--locale ja] [--port 3000]', [
    'locale',
    'port',
  ]);
  const [locale = sourceLocale] = readLocales(options.locale ?? []).slice(-1);
  const port = await choosePort(options.port?.at(-1));
  process.exitCode = await runTool('docusaurus', [
    'start',
    '--no-open',
    ...['--locale', locale],
    ...['--port', String(port)],
  ]);
});
