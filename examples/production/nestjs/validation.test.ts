import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstProducts } from './database.ts';
import { type RunningApp, runApp } from './running-app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await runApp();
});

afterAll(() => app[Symbol.asyncDispose]());

const path = '/cache-strategies/write-behind';

const put = (body: unknown) => app.ask('PUT', `${path}/2`, body);

/** Nothing but the chair of the beginning, whoever asks. */
async function expectUnchanged(): Promise<void> {
  const { body } = await app.ask('GET', `${path}/2`);
  expect(body.product).toEqual({ id: 2, ...firstProducts.get('2') });
}

describe('an id', () => {
  test.each([
    ...['abc', '-1', '0', '007', '1e9', '1.0', '0x1', '2147483648', '%201'],
    ...['1%20', '%D9%A1', '__proto__', 'constructor', '1%00', '9'.repeat(500)],
  ])('such as %s is refused, read or written', async (id) => {
    for (const [method, body] of [['GET'], ['PUT', { stock: 1 }]] as const) {
      const answer = await app.ask(method, `${path}/${id}`, body);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        expected: ['id: a whole number from 1 to 2147483647, in digits'],
      });
    }
  });

  test.each(['%ff', '%', '%zz', '1%c3'])(
    'that cannot be decoded is refused: %s',
    async (id) => {
      const { status, body } = await app.ask('GET', `${path}/${id}`);
      expect(status).toBe(400);
      expect(body).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        expected: ['a path whose percent signs encode UTF-8'],
      });
    },
  );

  test('may be as large as the column allows', async () => {
    const { status } = await app.ask('GET', `${path}/2147483647`);
    expect(status).toBe(404);
  });
});

const price = 'price: a number from 0 to 1000000, with at most 2 decimals';
const stock = 'stock: a whole number from 0 to 1000000';
const name =
  'name: 1 to 100 characters, one of them visible, none a control character';
const object = 'a JSON object with name, price or stock';
const noField = (field: string) =>
  `no field but name, price and stock, such as ${field}`;

describe('a body', () => {
  test.each<[body: string, ...expected: string[]]>([
    ['{"price":"39.9"}', price],
    ['{"price":null}', price],
    ['{"price":-0.01}', price],
    ['{"price":0.001}', price],
    ['{"price":1e-7}', price],
    ['{"price":1e400}', price],
    ['{"price":1000000.01}', price],
    ['{"price":[1]}', price],
    ['{"stock":1.5}', stock],
    ['{"stock":true}', stock],
    ['{"stock":-1}', stock],
    ['{"stock":1e9}', stock],
    ['{"name":7}', name],
    ['{"name":""}', name],
    ['{"name":"  "}', name],
    ['{"name":"a\\u0000b"}', name],
    ['{"name":"\\ud800"}', name],
    ['{"name":{"__proto__":{"x":1}}}', name],
    [`{"name":"${'n'.repeat(101)}"}`, name],
    ['{"price":-1,"stock":"many"}', price, stock],
    ['{"colour":"red"}', noField('colour')],
    ['{"stock":1,"id":7}', noField('id')],
    ['{"__proto__":{"stock":1}}', noField('__proto__')],
    ['{"constructor":{"prototype":{"stock":1}}}', noField('constructor')],
    ['{"stock":1,"prototype":{}}', noField('prototype')],
    ['{"stock":1,"toString":1}', noField('toString')],
    ['{"stock":1,"hasOwnProperty":1}', noField('hasOwnProperty')],
    [`{"${'x'.repeat(1000)}":1}`, noField('x'.repeat(40))],
    ['{}', object],
    ['[]', object],
    ['[{"stock":1}]', object],
    ['null', object],
    ['7', object],
    ['"x"', object],
    [' true', object],
    ['nul', 'a body in JSON'],
    [' ', 'a body in JSON'],
    ['{"stock":', 'a body in JSON'],
    ['', object],
  ])(
    'such as %s is refused, and changes nothing',
    async (text, ...expected) => {
      const { status, body } = await put(text);
      expect(status).toBe(400);
      expect(body).toEqual({ statusCode: 400, error: 'Bad Request', expected });
      await expectUnchanged();
    },
  );

  test('of 10 MB is refused', async () => {
    const { status, body } = await put(`{"name":"${'n'.repeat(10_000_000)}"}`);
    expect(status).toBe(413);
    expect(body).toEqual({
      statusCode: 413,
      error: 'Payload Too Large',
      expected: ['a body of at most 10 kB'],
    });
    await expectUnchanged();
  });

  test('that is not said to be JSON is refused', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const put = await app.ask('PUT', `${path}/2`, 'stock=1', headers);
    expect(put.status).toBe(400);
    expect(put.body).toMatchObject({ expected: [object] });
    await expectUnchanged();
  });

  test.each<[encoding: string, bytes: Buffer]>([
    ['gzip', Buffer.from('{"stock":1}')],
    ['gzip', gzipSync('{"stock":1}').subarray(0, 20)],
    ['deflate', Buffer.from('{"stock":1}')],
    ['br', Buffer.from('{"stock":1}')],
  ])('that %s cannot unpack is refused', async (encoding, bytes) => {
    const { status, body } = await app.ask('PUT', `${path}/2`, bytes, {
      'content-encoding': encoding,
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      expected: ['a body that is packed as its Content-Encoding says'],
    });
    await expectUnchanged();
  });

  test.each([
    ['content-encoding', 'rot13', 'a body in gzip, deflate, br or as it is'],
    ['content-type', 'application/json; charset=latin1', 'a body in UTF-8'],
  ])('of the %s %s is refused', async (name, value, expected) => {
    const headers = { [name]: value };
    const put = await app.ask('PUT', `${path}/2`, { stock: 1 }, headers);
    expect(put.status).toBe(415);
    expect(put.body).toMatchObject({ statusCode: 415, expected: [expected] });
    await expectUnchanged();
  });

  test('that is packed as it should be is taken', async () => {
    const packed = gzipSync('{"name":"Stool"}');
    const headers = { 'content-encoding': 'gzip' };
    const put = await app.ask('PUT', `${path}/1`, packed, headers);
    expect(put.status).toBe(202);
    expect(put.body.product).toMatchObject({ name: 'Stool' });
  });

  test('pollutes no prototype', async () => {
    await put('{"__proto__":{"isAdmin":true}}');
    await put('{"constructor":{"prototype":{"isAdmin":true}}}');
    expect({}).not.toHaveProperty('isAdmin');
  });

  test('whatever it is, is stored as it is or refused with a reason', async () => {
    const anything = fc.record(
      {
        name: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
        price: fc.oneof(fc.double(), fc.integer(), fc.jsonValue()),
        stock: fc.oneof(fc.nat(), fc.double(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const { status, body } = await app.ask('PUT', `${path}/3`, value);
        if (status === 202) {
          const sent = JSON.parse(JSON.stringify(value));
          expect(body.product).toMatchObject(sent);
        } else {
          expect(status).toBe(400);
          expect(body.expected).not.toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
