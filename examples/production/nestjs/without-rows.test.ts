import { ConsoleLogger } from '@nestjs/common';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { runApp } from './running-app.ts';
import { withoutRows } from './without-rows.ts';

function refused(): pg.DatabaseError {
  const error = new pg.DatabaseError('violates check "price"', 1, 'error');
  return Object.assign(error, {
    code: '23514',
    detail: 'Failing row contains (1, A secret lamp).',
    where: 'JSON data, line 1: A secret lamp',
  });
}

test('what the database refuses is in the log, and the row is not', async () => {
  await using app = await runApp();
  const lines: string[] = [];
  const write = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    app.app.useLogger(new ConsoleLogger({ json: true, flattenParams: true }));
    const rows = app.database.rowsOf('write-through');
    rows.failNextReads(new Error('no', { cause: refused() }));
    await app.ask('PUT', '/cache-strategies/write-through/1', { stock: 1 });
  } finally {
    write.mockRestore();
    app.app.useLogger(false);
  }
  const text = lines.join('');
  expect(text).toContain('violates check');
  expect(text).toContain('23514');
  expect(text).not.toContain('secret');
});

test('of several errors, each is there', () => {
  const kept = withoutRows(new AggregateError([refused(), 'gone'], 'both'));
  expect(kept).toMatchObject({
    name: 'AggregateError',
    message: 'both',
    errors: [{ code: '23514', message: 'violates check "price"' }, 'gone'],
  });
  expect(JSON.stringify(kept)).not.toContain('secret');
});
