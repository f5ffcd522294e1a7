import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches, ValidateBy, ValidateIf } from 'class-validator';

export const fieldNames: readonly string[] = ['name', 'price', 'stock'];

const expected = {
  name: 'name: 1 to 100 characters, one of them visible, none a control character',
  price: 'price: a number from 0 to 1000000, with at most 2 decimals',
  stock: 'stock: a whole number from 0 to 1000000',
};

// #region dto
/** What the database would refuse must be refused here: later is too late. */
export class ChangeProduct {
  @ApiPropertyOptional({ example: 'Desk lamp', maxLength: 100 })
  @IfGiven()
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Cs}]{1,100}$/u, { message: expected.name })
  readonly name?: string;

  @ApiPropertyOptional({ example: 39.9, minimum: 0, maximum: 1_000_000 })
  @IfGiven()
  @IsPrice()
  readonly price?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1_000_000 })
  @IfGiven()
  @IsStock()
  readonly stock?: number;
}

/** `IsOptional` would let null pass as well. */
function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
// #endregion dto

// #region price
/** `IsNumber` with `maxDecimalPlaces` throws a TypeError at 1e-7. */
function IsPrice(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPrice',
      validator: {
        validate: (value) =>
          isBetween(value, 0, 1_000_000) &&
          Math.round(value * 100) / 100 === value,
      },
    },
    { message: expected.price },
  );
}
// #endregion price

function IsStock(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isStock',
      validator: {
        validate: (value) =>
          Number.isInteger(value) && isBetween(value, 0, 1_000_000),
      },
    },
    { message: expected.stock },
  );
}

function isBetween(value: unknown, from: number, to: number): value is number {
  return typeof value === 'number' && value >= from && value <= to;
}
