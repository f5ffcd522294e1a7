import { describe, expect, test } from 'vitest';

async function one(): Promise<number> {
  return 1;
}

describe('one step', () => {
  test('is what an async function does before its first await', () => {
    const log: string[] = [];
    const work = async () => {
      log.push('before');
      await undefined;
      log.push('after');
    };
    void work();
    log.push('returned');
    expect(log).toEqual(['before', 'returned']);
  });

  test('is what stands between two awaits', async () => {
    const log: string[] = [];
    const work = async (name: string) => {
      await undefined;
      log.push(`${name} reads`);
      void Promise.resolve().then(() => log.push('a promise job'));
      log.push(`${name} writes`);
      await undefined;
    };
    await Promise.all([work('a'), work('b')]);
    expect(log.slice(0, 4)).toEqual([
      'a reads',
      'a writes',
      'b reads',
      'b writes',
    ]);
  });

  test('is a map that is read and set with no await between', async () => {
    const views = new Map([['/home', 0]]);
    const view = async () => {
      await undefined;
      views.set('/home', (views.get('/home') ?? 0) + 1);
    };
    await Promise.all([view(), view()]);
    expect(views.get('/home')).toBe(2);
  });
});

describe('more than one step', () => {
  test('is an await, even of what is there already', async () => {
    const log: string[] = [];
    const work = async () => {
      log.push('before');
      await undefined;
      log.push('after');
    };
    const other = async () => log.push('another');
    await Promise.all([work(), other()]);
    expect(log).toEqual(['before', 'another', 'after']);
  });

  // #region compound
  test('is `views += await …`: it reads before it waits', async () => {
    let views = 0;
    const view = async () => {
      views += await one();
    };
    await Promise.all([view(), view()]);
    expect(views).toBe(1);
  });

  test('but not if the await has a line of its own', async () => {
    let views = 0;
    const view = async () => {
      const more = await one();
      views += more;
    };
    await Promise.all([view(), view()]);
    expect(views).toBe(2);
  });
  // #endregion compound

  test('is a map that is checked, then set after an await', async () => {
    const cached = new Map<string, number>();
    let loads = 0;
    const load = async () => {
      loads += 1;
      return loads;
    };
    const get = async (page: string) => {
      if (!cached.has(page)) cached.set(page, await load());
    };
    await Promise.all([get('/home'), get('/home')]);
    expect(loads).toBe(2);
  });

  test('is `??= await …`: it looks before it waits', async () => {
    let reads = 0;
    const read = async () => {
      reads += 1;
      return reads;
    };
    const cached: { home?: number } = {};
    const get = async () => {
      cached.home ??= await read();
    };
    await Promise.all([get(), get()]);
    expect(reads).toBe(2);
    expect(cached.home).toBe(2);
  });
});
