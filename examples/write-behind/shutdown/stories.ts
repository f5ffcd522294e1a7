/** What happens to a service that is asked to end. */
import type { Server } from '../../services/server.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { lockSessions } from './locked-sessions.ts';
import type { Settings } from './main.ts';
import { ServiceProcess } from './service-process.ts';

type Ending = Pick<Settings, 'ending' | 'times'>;

/** All that is acknowledged still waits for its batch when the signal comes. */
const allWaits = { maxBatchSize: 1000, maxDelayMs: 600_000 };

/** 250 sessions wait for the database when the service is asked to end. */
export async function fullQueue(
  postgres: Server,
  ending: Ending,
  print: Print,
): Promise<void> {
  await tell(postgres, ending, print, async (service) => {
    await service.signIn('guest', 250);
    service.signal('SIGTERM');
  });
}

/** The same, and the database is slow, and 50 more sign in meanwhile. */
export async function lateGuests(
  postgres: Server,
  ending: Ending,
  waiting: string,
  print: Print,
): Promise<void> {
  await tell(postgres, ending, print, async (service) => {
    await service.signIn('guest', 250);
    await using lock = await lockSessions(postgres);
    service.signal('SIGTERM');
    await service.printed(waiting);
    await service.signIn('late', 50);
    await lock.release();
  });
}

/** The database answers nothing, and whoever waits may lose patience. */
export async function hungDatabase(
  postgres: Server,
  ending: Ending,
  print: Print,
  secondSignal?: NodeJS.Signals,
): Promise<void> {
  await tell(postgres, ending, print, async (service) => {
    await service.signIn('guest', 250);
    await using lock = await lockSessions(postgres);
    service.signal('SIGTERM');
    await service.printed('draining');
    if (secondSignal !== undefined) service.signal(secondSignal);
    await service.ended;
    await lock.endWaiting();
  });
}

async function tell(
  postgres: Server,
  ending: Ending,
  print: Print,
  story: (service: ServiceProcess) => Promise<void>,
): Promise<void> {
  const settings = { ...allWaits, ...ending };
  const service = await ServiceProcess.start(postgres, settings);
  try {
    await story(service);
    const { code } = await service.ended;
    for (const line of service.lines) print(`  | ${line}`);
    const balance = await service.balance(postgres);
    const { acknowledged, stored, kept, lost } = balance;
    print(`  exit code ${code}, acknowledged ${acknowledged}`);
    print(`  stored ${stored}, kept ${kept}, lost ${lost}`);
  } finally {
    await service.close();
  }
}
