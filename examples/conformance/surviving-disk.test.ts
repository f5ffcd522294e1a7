import { describe, expect, test } from 'vitest';
import { SurvivingDisk } from './surviving-disk.ts';

interface File {
  owner?: string;
}

function setUp() {
  const disk = new SurvivingDisk();
  const life = { isAlive: true };
  const open = (life: { isAlive: boolean }) =>
    disk.mount(life).open<File>('file', () => ({}));
  const file = open(life);
  const die = () => {
    life.isAlive = false;
    return open({ isAlive: true });
  };
  return { file, die };
}

describe('a file', () => {
  test('keeps what a living process writes into it', () => {
    const { file, die } = setUp();
    file.owner = 'linh';
    expect(die().owner).toBe('linh');
  });

  test('takes no property from a dead process', () => {
    const { file, die } = setUp();
    file.owner = 'linh';
    const next = die();
    file.owner = 'haruka';
    expect(next.owner).toBe('linh');
  });

  test('loses a property to a living process, and to no dead one', () => {
    const { file, die } = setUp();
    file.owner = 'linh';
    delete file.owner;
    expect(file).not.toHaveProperty('owner');
    file.owner = 'haruka';
    const next = die();
    delete file.owner;
    expect(next.owner).toBe('haruka');
  });

  test('may have private fields, and setters that need them', () => {
    class Counter {
      #count = 0;
      get count(): number {
        return this.#count;
      }
      set count(count: number) {
        this.#count = count;
      }
    }
    const disk = new SurvivingDisk().mount({ isAlive: true });
    const counter = disk.open('counter', () => new Counter());
    counter.count += 1;
    expect(counter.count).toBe(1);
  });

  test('may be a value that nobody can change', () => {
    const disk = new SurvivingDisk().mount({ isAlive: true });
    expect(disk.open('version', () => 3)).toBe(3);
    expect(disk.open('version', () => 4)).toBe(3);
  });
});

test('the witness hears of each call of a living process', () => {
  const heard: unknown[] = [];
  const disk = new SurvivingDisk((call, given) => heard.push([call, ...given]));
  const life = { isAlive: true };
  const queue = disk.mount(life).open<string[]>('queue', () => []);
  queue.push('plan', 'seat');
  life.isAlive = false;
  void queue.pop();
  expect(heard).toEqual([['queue.push', 'plan', 'seat']]);
});
