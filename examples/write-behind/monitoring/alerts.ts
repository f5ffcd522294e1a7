import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { scrapedCache } from './scraped-cache.ts';

/** 25 new sessions a second, and a store that hangs for three minutes. */
export async function demo(print: Print): Promise<void> {
  const { clock, store, pass, writeNewKeys, alerts } = scrapedCache();
  const states = new Map<string, string>();
  const time = () => `${String(clock.now() / 1000).padStart(4)} s`;
  const show = () => {
    const active = new Map(alerts().map((alert) => [alert.alert, alert]));
    for (const name of new Set([...states.keys(), ...active.keys()])) {
      const { state = 'resolved', value } = active.get(name) ?? {};
      if (states.get(name) === state) continue;
      const at = value === undefined ? '' : `, at ${value}`;
      print(`${time()}  ${name}: ${state}${at}`);
      if (state === 'resolved') states.delete(name);
      else states.set(name, state);
    }
  };
  const run = async (seconds: number) => {
    const end = clock.now() + seconds * 1000;
    while (clock.now() < end) {
      await pass(15, writeNewKeys(25));
      show();
    }
  };
  await run(60);
  print(`${time()}  the store hangs`);
  store.hang();
  await run(180);
  print(`${time()}  it is back`);
  store.recover();
  await run(30);
}

if (isMain('write-behind/monitoring/alerts')) void demo(console.log);
