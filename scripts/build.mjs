import { readLocales } from './locales.mjs';
import { buildSite } from './site-build.mjs';
import { command, readOptions } from './usage.mjs';

command(async () => {
  const { locale } = readOptions('npm run build -- [--locale ja] …', [
    'locale',
  ]);
  await buildSite(locale && readLocales(locale));
});
