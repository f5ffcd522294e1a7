import {
  type ArgumentMetadata,
  BadRequestException,
  type PipeTransform,
  ValidationPipe,
} from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { fieldNames } from './change-product.ts';

// #region object
/**
 * Stands before the validation, which would drop `__proto__`, `constructor` and
 * the names of inherited methods without a word.
 */
export class ExpectObject implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type !== 'body') return value;
    const fields = isObject(value) ? Object.keys(value) : [];
    if (fields.length === 0) {
      throw refusal(['a JSON object with name, price or stock']);
    }
    const unexpected = fields.filter((field) => !fieldNames.includes(field));
    if (unexpected.length > 0) throw refusal(unexpected.map(unexpectedField));
    return value;
  }
}
// #endregion object

// #region validation
export function validation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => refusal(errors.flatMap(expectations)),
  });
}

function expectations({ constraints = {}, property }: ValidationError) {
  const { whitelistValidation, ...others } = constraints;
  if (whitelistValidation !== undefined) return [unexpectedField(property)];
  return Object.values(others);
}
// #endregion validation

function unexpectedField(name: string): string {
  return `no field but name, price and stock, such as ${name.slice(0, 40)}`;
}

function refusal(expected: readonly string[]): BadRequestException {
  return new BadRequestException({ expected });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
