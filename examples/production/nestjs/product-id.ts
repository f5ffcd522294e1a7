import { BadRequestException, type PipeTransform } from '@nestjs/common';
import type { ApiParamOptions } from '@nestjs/swagger';

const largest = 2 ** 31 - 1;

/** As the API's description has it. */
export const productId: ApiParamOptions = {
  name: 'id',
  schema: { type: 'integer', minimum: 1, maximum: largest },
};

// #region pipe
/** One text for each id: `ParseIntPipe` would take -1, and 007 beside 7. */
export class ProductId implements PipeTransform<string, string> {
  transform(text: string): string {
    if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= largest) return text;
    const expected = [`id: a whole number from 1 to ${largest}, in digits`];
    throw new BadRequestException({ expected });
  }
}
// #endregion pipe
