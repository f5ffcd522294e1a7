import { runSteps, verdict } from './steps.mjs';
import { runVitest } from './test-runners.mjs';
import { runTool } from './tool.mjs';

const filters = process.argv.slice(2);

if (filters.length > 0) {
  process.exitCode = await runTool('vitest', ['run', ...filters]);
} else {
  await runSteps([
    {
      name: 'types',
      run: () =>
        verdict(checkTypes('site', '.'), checkTypes('examples', 'examples')),
    },
    {
      name: 'lint',
      run: () => verdict(runTool('biome', ['ci'])),
    },
    {
      name: 'tests',
      run: () => runVitest(),
    },
    {
      name: 'docs:check',
      run: () => verdict(runTool('jiti', ['src/checks/command.ts'])),
    },
    {
      name: 'translations',
      run: () =>
        verdict(runTool('jiti', ['src/translations/command.ts', 'check'])),
    },
  ]);
}

/**
 * Remembers what it found in the cache, so that only changes are checked again.
 *
 * @param {string} name
 * @param {string} project
 */
function checkTypes(name, project) {
  const memory = `node_modules/.cache/typescript/${name}.tsbuildinfo`;
  return runTool('tsc', [
    ...['--project', project],
    ...['--incremental', '--tsBuildInfoFile', memory],
  ]);
}
