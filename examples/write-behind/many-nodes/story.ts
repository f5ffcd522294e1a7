import type { Print } from '../../shared/stopwatch.ts';
import { linh } from '../../shared/user.ts';
import { Nodes, type Services } from './nodes.ts';

/** A worker is paused between its question and its write. */
export async function story(
  services: Services,
  { isFenced }: { readonly isFenced: boolean },
  print: Print,
): Promise<void> {
  await using nodes = await Nodes.open(services, 1);
  const printRow = async () => {
    const row = await nodes.store.read('linh');
    print(`  in the database: ${row?.plan}`);
  };

  const a = await nodes.start('a', { isFenced, gate: 'gate of a' });
  await a.printed('a taken 0 token 1');
  print('a owns the partition, with token 1');
  await nodes.client.set('linh', { ...linh, plan: 'pro' });
  print('Linh goes from free to pro, and is told so');
  await a.printed('is about to write');
  a.signal('SIGSTOP');
  print('a has asked for its lease and has it, and is paused before it writes');

  const b = await nodes.start('b', { isFenced, gate: 'gate of b' });
  await nodes.expire('a');
  await b.printed('b taken 0 token 2');
  print('the lease passes: b owns the partition, with token 2');
  await nodes.openGate('gate of b');
  await b.printed('has stored batch 1');
  print('b writes what it finds: pro');
  await nodes.client.set('linh', { ...linh, plan: 'team' });
  print('Linh goes from pro to team, and is told so');
  await nodes.openGate('gate of b');
  await b.printed('has stored batch 2');
  print('b writes that as well');
  await printRow();

  await nodes.openGate('gate of a');
  a.signal('SIGCONT');
  print('a goes on where it was, and writes pro');
  if (isFenced) {
    await a.printed('has seen 2');
    print(`  ${a.output.match(/FencedOutError.*/)?.[0]}`);
  } else {
    await a.printed('has stored batch 1');
    print('  nobody objects');
  }
  await printRow();
}
