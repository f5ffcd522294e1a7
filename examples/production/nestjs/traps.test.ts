/** What Nest's validation does not do by itself, so that we notice if it does. */
import { ParseIntPipe, ValidationPipe } from '@nestjs/common';
import { IsInt, IsOptional, isNumber } from 'class-validator';
import { expect, test } from 'vitest';

class Change {
  @IsOptional()
  @IsInt()
  readonly stock?: number;
}

function transform(body: unknown): Promise<unknown> {
  const pipe = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
  });
  return pipe.transform(body, { type: 'body', metatype: Change });
}

test('an unknown field is refused', async () => {
  await expect(transform({ colour: 'red' })).rejects.toThrow('Bad Request');
});

test('IsOptional lets null pass', async () => {
  expect(await transform({ stock: null })).toEqual({ stock: null });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'the field %s is dropped, and not refused',
  async (name) => {
    const body = JSON.parse(`{"stock":1,"${name}":{"stock":2}}`);
    const change = await transform(body);
    expect(Object.keys(change as object)).toEqual(['stock']);
  },
);

test('a body that says nothing passes', async () => {
  expect(await transform({})).toEqual({ stock: undefined });
});

test('a field that is not there is there, and undefined', async () => {
  expect(Object.hasOwn((await transform({})) as object, 'stock')).toBe(true);
});

test('the decimals of 1e-7 are an error of class-validator', () => {
  const count = () => isNumber(1e-7, { maxDecimalPlaces: 2 });
  expect(count).toThrow(TypeError);
});

test('ParseIntPipe takes -1, and 007', async () => {
  const pipe = new ParseIntPipe();
  const metadata = { type: 'param' } as const;
  expect(await pipe.transform('-1', metadata)).toBe(-1);
  expect(await pipe.transform('007', metadata)).toBe(7);
});
