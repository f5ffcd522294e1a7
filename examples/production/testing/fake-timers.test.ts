import { afterEach, expect, test, vi } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { type Session, SessionService } from './session-service.ts';

// #region fake-timers
afterEach(() => {
  vi.useRealTimers();
});

test('the timers of a service without a clock can be faked', async () => {
  vi.useFakeTimers();
  const store = new InMemoryStore<string, Session>({ writeMs: 20 });
  const sessions = new SessionService({ store });
  await sessions.visit('linh', '/cart');
  // Without `Async`, no promise gets its turn between two timers.
  await vi.advanceTimersByTimeAsync(2000 + 20);
  expect(store.peek('linh')?.page).toBe('/cart');
});
// #endregion fake-timers
