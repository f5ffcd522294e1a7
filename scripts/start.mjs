import { locales } from './locales.mjs';
import { endWithParent } from './orphan.mjs';
import { buildSite, isStale, publishedFolder } from './site-build.mjs';
import { serveSite } from './site-server.mjs';
import { command, readOptions } from './usage.mjs';

command(async () => {
  endWithParent();
  const { port } = readOptions('npm start -- [--port 3000]', ['port']);
  if (isStale()) {
    console.log('Building the site in all locales.');
    await buildSite();
  } else {
    console.log('The site is built, and nothing has changed since.');
  }
  await serveSite(publishedFolder(), locales, port?.at(-1));
});
