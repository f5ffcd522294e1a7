import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly image: string;
  readonly ports: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<'postgres' | 'redis', Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const file = path.join(import.meta.dirname, 'compose.yaml');
const { services, volumes }: Compose = parse(fs.readFileSync(file, 'utf8'), {
  strict: true,
});
const { postgres, redis } = services;

test('the two services are new enough for what is written here', () => {
  expect(Object.keys(services)).toEqual(['postgres', 'redis']);
  expect(majorOf(postgres, 'postgres')).toBeGreaterThanOrEqual(15);
  expect(majorOf(redis, 'redis')).toBeGreaterThanOrEqual(7);
});

test('nobody but this machine reaches them', () => {
  for (const { ports } of Object.values(services)) {
    for (const port of ports) {
      expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    }
  }
});

test('the page has the addresses, with the names that the services are given', () => {
  const page = fs.readFileSync('docs/production/redis-postgres.mdx', 'utf8');
  const {
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB: database,
  } = postgres.environment ?? {};
  const [, port] = postgres.ports[0]?.split(':') ?? [];
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  expect(page).toContain(`DATABASE_URL=${url}`);
  expect(page).toContain('REDIS_URL=redis://127.0.0.1:6379');
});

test('whoever waits for them is told when they are ready', () => {
  expect(postgres.healthcheck.test).toContain('pg_isready');
  expect(redis.healthcheck.test).toContain('redis-cli');
});

test('what PostgreSQL has survives, and what Redis has may be forgotten', () => {
  const [volume = ''] = postgres.volumes ?? [];
  expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
  const options = redis.command?.join(' ');
  expect(options).toContain('--maxmemory-policy allkeys-lru');
});

function majorOf({ image }: Service, name: string): number {
  const [repository, tag = ''] = image.split(':');
  expect(repository).toBe(name);
  return Number(tag.match(/^\d+/)?.[0]);
}
