/**
 * The loops that are timed. Each knows one class, as does a program that has
 * one cache: a loop that met both would be compiled for both.
 */
import type { BareMap } from './bare-map.ts';
import { type Cache, linh } from './subject.ts';

/** An import is looked up each time where it is compiled to `require`. */
const user = linh;

export interface Loops<Subject> {
  set(subjects: readonly Subject[], keys: readonly string[]): Promise<void>;
  get(subjects: readonly Subject[], keys: readonly string[]): Promise<void>;
  delete(subjects: readonly Subject[], keys: readonly string[]): Promise<void>;
}

export const cacheLoops: Loops<Cache> = {
  async set(caches, keys) {
    for (const cache of caches) {
      for (const key of keys) await cache.set(key, user);
    }
  },
  async get(caches, keys) {
    for (const cache of caches) {
      for (const key of keys) await cache.get(key);
    }
  },
  async delete(caches, keys) {
    for (const cache of caches) {
      for (const key of keys) await cache.delete(key);
    }
  },
};

export const mapLoops: Loops<BareMap> = {
  async set(maps, keys) {
    for (const map of maps) {
      for (const key of keys) await map.set(key, user);
    }
  },
  async get(maps, keys) {
    for (const map of maps) {
      for (const key of keys) await map.get(key);
    }
  },
  async delete(maps, keys) {
    for (const map of maps) {
      for (const key of keys) await map.delete(key);
    }
  },
};
