import type { Disk } from './candidate.ts';
import { type Life, never } from './faulty-store.ts';

/** Hears of each call of a file that a living process makes. */
export type DiskWitness = (call: string, given: readonly unknown[]) => void;

/** Survives the processes that use it. */
export class SurvivingDisk {
  readonly #files = new Map<string, unknown>();
  readonly #witness: DiskWitness;

  constructor(witness: DiskWitness = () => {}) {
    this.#witness = witness;
  }

  /** The disk as one process sees it. */
  mount(life: Life): Disk {
    return {
      open: <T>(name: string, create: () => T): T => {
        if (!this.#files.has(name)) this.#files.set(name, create());
        const witness: DiskWitness = (call, given) =>
          this.#witness(`${name}.${call}`, given);
        return whileAlive(this.#files.get(name) as T, life, witness);
      },
    };
  }
}

/**
 * A dead process may still have promise jobs to run, which a real one has not:
 * they must not reach the disk, where the next process is at work.
 */
function whileAlive<T>(file: T, life: Life, witness: DiskWitness): T {
  if (typeof file !== 'object' || file === null) return file;
  return new Proxy(file, {
    get(target, name) {
      // The target itself is asked: only it has the private fields.
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        if (!life.isAlive) return never();
        witness(String(name), given);
        return Reflect.apply(member, target, given);
      };
    },
    set: (target, name, value) =>
      !life.isAlive || Reflect.set(target, name, value, target),
    deleteProperty: (target, name) =>
      !life.isAlive || Reflect.deleteProperty(target, name),
  });
}
