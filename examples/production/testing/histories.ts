import fc from 'fast-check';
import type { Candidate } from '../../conformance/candidate.ts';
import { nextWrites } from '../../conformance/fates.ts';
import { sentence } from '../../conformance/finding.ts';
import { type Process, World } from '../../conformance/world.ts';

// #region histories
const anyId = fc.constantFrom('linh', 'haruka');
const anyPage = fc.constantFrom('/home', '/cart', '/checkout');
const lost = { error: new Error('connection reset') };

const anyStep = fc.oneof(
  fc
    .tuple(anyId, anyPage)
    .map(([id, page]) =>
      step(`${id} visits ${page}`, ({ cache }) => void cache.set(id, page)),
    ),
  anyId.map((id) =>
    step(`${id} signs out`, ({ cache }) => void cache.delete(id)),
  ),
  anyId.map((id) => step(`find ${id}`, ({ cache }) => void cache.get(id))),
  fc.constant(step('flush', ({ cache }) => void cache.flush())),
  fc
    .integer({ min: 1, max: 60 })
    .map((ms) => step(`${ms} ms pass`, (_, world) => world.pass(ms))),
  fc.constant(
    step('the next write fails', (_, { store }) =>
      store.decide(nextWrites(1, lost)),
    ),
  ),
);

function step(
  name: string,
  run: (process: Process<string>, world: World<string>) => Promise<void> | void,
) {
  return { run, toString: () => name };
}

/** Nobody waits for a call: the referee hears how it ends. */
export function promisesOf(candidate: Candidate) {
  return fc.asyncProperty(fc.array(anyStep), async (steps) => {
    const world = new World<string>();
    const process = world.start(candidate);
    for (const { run } of steps) {
      await run(process, world);
      await world.pass(0);
    }
    await world.finish(process);
    const [finding] = world.referee.findings;
    if (finding !== undefined) throw new Error(sentence(finding));
  });
}
// #endregion histories
