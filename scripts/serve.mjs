import { endWithParent } from './orphan.mjs';
import { publishedFolder, publishedLocales } from './site-build.mjs';
import { serveSite } from './site-server.mjs';
import { command, readOptions, UsageError } from './usage.mjs';

command(async () => {
  endWithParent();
  const { port } = readOptions('npm run serve -- [--port 3000]', ['port']);
  const locales = publishedLocales();
  if (locales === undefined)
    throw new UsageError('No build has finished: `npm run build` comes first.');
  await serveSite(publishedFolder(), locales, port?.at(-1));
});
