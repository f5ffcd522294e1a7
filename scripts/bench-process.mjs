// Measures one part of a benchmark, or all of them where none is named, and tells
// the process that started this one what it came to.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { benchmarkFile, harness, service } from './bench-names.mjs';
import { examplesFolder, requireTypeScript } from './example-loader.mjs';

const [name = '', scaleName = '', number] = process.argv.slice(2);

// Whoever waits for the figures is gone.
process.once('disconnect', () => process.exit());

const { benchmark } = await requireTypeScript(benchmarkFile(name));
const scales = await requireTypeScript(harness('benchmark'));
await send({ code: hashOfCode() });
const { parts } = benchmark;
for (const part of number === undefined ? parts : [parts[Number(number)]]) {
  await send({ samples: await part.measure(scales[scaleName]) });
}
const { startedVersions } = await requireTypeScript(service('versions'));
await send({ servers: startedVersions() });
process.disconnect();

/** @param {import('./bench.mjs').Message} message */
async function send(message) {
  await new Promise((sent) => process.send?.(message, sent));
}

/** Of all the examples that are loaded: of what is measured, and of how. */
function hashOfCode() {
  const hash = createHash('sha256');
  const { cache } = createRequire(import.meta.url);
  for (const file of Object.keys(cache).sort()) {
    if (!file.startsWith(examplesFolder + path.sep)) continue;
    hash.update(file).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}
