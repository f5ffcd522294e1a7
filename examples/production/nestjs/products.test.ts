import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Guard } from '../../services/guard.ts';
import { firstProducts, strategies } from './database.ts';
import { runApp } from './running-app.ts';

describe.each(strategies)('%s', (strategy) => {
  const at = `/cache-strategies/${strategy}`;

  test('gives a product, what became of the call, and what it took', async () => {
    await using app = await runApp();
    const { status, body } = await app.ask('GET', `${at}/1`);
    expect(status).toBe(200);
    expect(body).toEqual({
      product: { id: 1, ...firstProducts.get('1') },
      message: expect.any(String),
      latencyMs: expect.any(Number),
    });
  });

  test('changes what the body names, and nothing else', async () => {
    await using app = await runApp();
    const { status, body } = await app.ask('PUT', `${at}/1`, { stock: 0 });
    expect(status).toBe(strategy === 'write-behind' ? 202 : 200);
    const product = { name: 'Desk lamp', price: 49, stock: 0 };
    expect(body).toMatchObject({ product: { id: 1, ...product } });
    const read = await app.ask('GET', `${at}/1`);
    expect(read.body).toMatchObject({ product: { id: 1, ...product } });
    await app.app.close();
    expect(app.database.rowsOf(strategy).peek('1')).toEqual(product);
  });

  test('loses neither of two changes at once', async () => {
    await using app = await runApp();
    await Promise.all([
      app.ask('PUT', `${at}/1`, { price: 39.9 }),
      app.ask('PUT', `${at}/1`, { stock: 7 }),
      app.ask('PUT', `${at}/1`, { name: 'Lamp' }),
    ]);
    await app.app.close();
    expect(app.database.rowsOf(strategy).peek('1')).toEqual({
      name: 'Lamp',
      price: 39.9,
      stock: 7,
    });
  });

  test('does not know a product that is not there', async () => {
    await using app = await runApp();
    for (const method of ['GET', 'PUT']) {
      const change = method === 'PUT' ? { stock: 1 } : undefined;
      const { status, body } = await app.ask(method, `${at}/999`, change);
      expect(status).toBe(404);
      expect(body).toEqual({
        statusCode: 404,
        error: 'Not Found',
        message: 'there is no product 999',
      });
    }
    await app.app.close();
    expect(app.database.rowsOf(strategy).peek('999')).toBeUndefined();
  });

  test('says nothing of an error of the database but that there is one', async () => {
    await using app = await runApp();
    const secret = new Error('password authentication failed for user nest');
    app.database.rowsOf(strategy).failNextReads(secret);
    const { status, body } = await app.ask('GET', `${at}/2`);
    expect(status).toBe(500);
    expect(body).toEqual({
      statusCode: 500,
      error: 'Internal Server Error',
    });
  });

  test.each([
    ['without a connection to', '08006'],
    ['with a statement timeout of', '57014'],
    ['with a deadlock in', '40P01'],
  ])('%s the database it is a 503', async (_, code) => {
    await using app = await runApp();
    const lost = Object.assign(new Error('refused at 10.0.0.7'), { code });
    app.database.rowsOf(strategy).failNextReads(lost);
    const { status, body } = await app.ask('GET', `${at}/2`);
    expect(status).toBe(503);
    expect(body).toEqual({
      statusCode: 503,
      error: 'Service Unavailable',
      outcome: 'unknown',
    });
  });

  test('touches the products of no other strategy', async () => {
    await using app = await runApp();
    await app.ask('PUT', `${at}/1`, { stock: 0 });
    await app.app.close();
    for (const other of strategies.filter((name) => name !== strategy)) {
      expect(app.database.rowsOf(other).peek('1')).toEqual(
        firstProducts.get('1'),
      );
    }
  });
});

test('what the database refuses for good is kept in a file', async () => {
  await using folder = await Guard.open();
  const file = path.join(folder.directory, 'left.jsonl');
  const app = await runApp({ LEFT_FILE: file });
  const refusal = Object.assign(new Error('too long'), { permanent: true });
  app.database.rowsOf('write-behind').breakKey('1', refusal);
  await app.ask('PUT', '/cache-strategies/write-behind/1', { stock: 1 });
  await app.ask('PUT', '/cache-strategies/write-behind/2', { stock: 2 });
  await app.app.close();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      ...{ type: 'set', key: '1', version: expect.any(Number) },
      value: { name: 'Desk lamp', price: 49, stock: 1 },
    },
  ]);
  expect(app.database.rowsOf('write-behind').peek('2')?.stock).toBe(2);
});

test('cache-aside reads the database once, and the cache until a change', async () => {
  await using app = await runApp();
  const path = '/cache-strategies/cache-aside/1';
  const messages = [];
  for (const method of ['GET', 'GET', 'PUT', 'GET']) {
    const change = method === 'PUT' ? { stock: 3 } : undefined;
    const { body } = await app.ask(method, path, change);
    messages.push(body.message);
  }
  expect(messages).toEqual([
    'read from the database',
    'found in the cache',
    'stored, and gone from the cache',
    'read from the database',
  ]);
});

test('write-through reads what it has written from the cache', async () => {
  await using app = await runApp();
  const path = '/cache-strategies/write-through/1';
  await app.ask('PUT', path, { stock: 3 });
  const { reads } = app.database.rowsOf('write-through').counts();
  const { body } = await app.ask('GET', path);
  expect(body).toMatchObject({ product: { stock: 3 } });
  expect(app.database.rowsOf('write-through').counts().reads).toBe(reads);
});
