import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { type Point, points } from './crash-points.ts';
import type { Durability } from './durability.ts';
import { type Aftermath, dieAt } from './point-of-death.ts';

export async function demo(print: Print): Promise<void> {
  await table('With a journal in SQLite', 'sqlite-group', points, print);
  print('');
  const others = ['acknowledged', 'on its way', 'stored'] as const;
  await table('In memory alone', 'memory', others, print);
}

async function table(
  title: string,
  durability: Durability,
  these: readonly Point[],
  print: Print,
): Promise<void> {
  const rows = await Promise.all(
    these.map(async (point) => [
      point,
      ...cellsOf(await dieAt(point, durability)),
    ]),
  );
  print(title);
  const head = ['killed', 'caller', 'store', 'replayed', 'in the end'];
  for (const row of [head, ...rows]) {
    const [first = '', ...others] = row;
    const cells = others.map((cell) => cell.padEnd(14));
    print([first.padEnd(20), ...cells].join('').trimEnd());
  }
}

function cellsOf(aftermath: Aftermath): string[] {
  const { isAcknowledged, wasStored, replayed, isStored } = aftermath;
  const end = isAcknowledged ? 'LOST' : 'not stored';
  return [
    isAcknowledged ? 'told "done"' : 'told nothing',
    wasStored ? 'has it' : '-',
    String(replayed),
    isStored ? 'stored' : end,
  ];
}

if (isMain('write-behind/crash-recovery/points')) {
  void demo(console.log);
}
