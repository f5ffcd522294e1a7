import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  type CacheSetting,
  type Session,
  type Sessions,
  story,
} from './story.ts';

export class WaitingSessions implements Sessions {
  readonly cache: WriteBehindCache<string, Session>;

  // #region handler
  constructor(setting: CacheSetting) {
    // #region bug
    this.cache = new WriteBehindCache({
      ...setting,
      whenFull: 'wait',
    });
    // #endregion bug
  }

  async put(id: string, session: Session): Promise<Response> {
    await this.cache.set(id, session);
    return new Response(null, { status: 202 });
  }
  // #endregion handler
}

export function demo(print: Print): Promise<void> {
  return story(
    (setting) => new WaitingSessions(setting),
    print,
  );
}

if (isMain('write-behind/backpressure/before')) {
  void demo(console.log);
}
