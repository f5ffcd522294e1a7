import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Session } from './shop.ts';

/** What a shop does, however it keeps its data. */
export interface AnyShop {
  buy(session: Session, cents: number): Promise<void>;
  view(url: string): Promise<void> | void;
  visit(session: Session): Promise<void>;
}

/** A database with $100.00 of Linh's, and as many nodes as are opened. */
export interface World {
  open(node: string): AnyShop;
  setDown(isDown: boolean): void;
  /** What is stored, beside all caches. */
  stored(): {
    readonly cents: number;
    readonly views: number;
    readonly notice: string | undefined;
  };
}

const session: Session = { id: 's1', userId: 'linh', notice: '' };

export async function story(
  build: (clock: VirtualClock) => World,
  print: Print,
): Promise<void> {
  const begin = () => {
    const clock = new VirtualClock();
    const world = build(clock);
    const buy = async (shop: AnyShop, cents: number) => {
      const ended = shop.buy(session, cents).then(
        () => 'acknowledged',
        (error: unknown) => `fails: ${(error as Error).message}`,
      );
      print(`  buy for ${dollars(cents)}: ${await clock.until(ended)}`);
    };
    const view = async (shop: AnyShop, times: number) => {
      for (let i = 0; i < times; i += 1) await clock.until(viewed(shop));
    };
    const show = () => {
      const { cents, views, notice } = world.stored();
      const rest = `views ${views ?? 0}, session ${notice ?? 'none'}`;
      print(`  stored: balance ${dollars(cents)}, ${rest}`);
    };
    return { clock, world, buy, view, show };
  };

  print('a crash: the process dies half a second after a purchase');
  const crash = begin();
  const doomed = crash.world.open('a');
  await crash.view(doomed, 3);
  await crash.buy(doomed, 3900);
  await crash.clock.advance(500);
  crash.show();

  print('an outage: after a first purchase, the database is down');
  const outage = begin();
  const shop = outage.world.open('a');
  await outage.view(shop, 1);
  await outage.buy(shop, 100);
  await outage.clock.advance(10_000);
  outage.world.setDown(true);
  await outage.view(shop, 3);
  await outage.clock.until(shop.visit({ ...session, notice: 'Hello!' }));
  print('  3 views and a visit: acknowledged');
  await outage.buy(shop, 3900);
  await outage.clock.advance(30_000);
  outage.show();
  print('  it is back');
  outage.world.setDown(false);
  await outage.clock.advance(30_000);
  outage.show();

  print('two nodes: each counts 3 views of the same page');
  const nodes = begin();
  for (const node of ['a', 'b']) await nodes.view(nodes.world.open(node), 3);
  await nodes.clock.advance(10_000);
  print(`  stored: views ${nodes.world.stored().views}`);
}

async function viewed(shop: AnyShop): Promise<void> {
  await shop.view('/lamp');
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
