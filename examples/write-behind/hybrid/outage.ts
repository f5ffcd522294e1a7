import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { wire } from './after.ts';
import { ShopDatabase } from './database.ts';
import { type Session, Shop } from './shop.ts';

const session: Session = { id: 's1', userId: 'linh', notice: '' };

export async function demo(print: Print): Promise<void> {
  const clock = new VirtualClock();
  const linh = { cents: 10_000, revision: 0 };
  const database = new ShopDatabase(clock, [['linh', linh]]);
  const shop = new Shop(
    wire(database, 'a', clock, () => {}),
    clock,
  );
  const show = (title: string) => {
    print(title);
    for (const [name, health] of Object.entries(shop.health())) {
      const { state, unsaved, refused } = health;
      const figures = `unsaved ${String(unsaved).padEnd(6)}refused ${refused}`;
      print(`  ${name.padEnd(11)} ${state.padEnd(8)} ${figures}`);
    }
  };
  const view = (pages: number) => {
    for (let i = 0; i < pages; i += 1) shop.view(`/product/${i}`);
  };
  const visit = async (users: number) => {
    for (let i = 0; i < users; i += 1) {
      await shop.visit({ ...session, id: `visitor-${i}` });
    }
  };

  view(10);
  await visit(10);
  await clock.until(shop.buy(session, 100));
  show('10 views, 10 visits and a purchase, just acknowledged');
  await clock.advance(10_000);

  database.isDown = true;
  view(12_000);
  await visit(100);
  await clock.until(shop.buy(session, 100).catch(() => {}));
  await clock.advance(10_000);
  show('down for 10 s: 12,000 pages are viewed, 100 visits, a purchase');

  database.isDown = false;
  await clock.until(shop.buy(session, 100));
  await clock.advance(20_000);
  show('back for 20 s, and another purchase');

  database.isDown = true;
  view(2);
  await visit(3);
  const begin = clock.now();
  const reports = await clock.until(shop.close({ timeoutMs: 5000 }));
  print(`down again, and closed within ${clock.now() - begin} ms`);
  for (const { name, left } of reports) {
    print(`  ${name.padEnd(11)} not stored: ${left.length}`);
  }
}

if (isMain('write-behind/hybrid/outage')) {
  void demo(console.log);
}
