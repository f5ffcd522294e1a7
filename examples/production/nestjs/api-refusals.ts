/** What the endpoints refuse, as the API's description has it. */
import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseSchemaHost } from '@nestjs/swagger';

type Schema = ApiResponseSchemaHost['schema'];

interface Refusal {
  readonly description: string;
  /** What the body has beside the status. */
  readonly fields: Readonly<Record<string, Schema>>;
  readonly headers?: NonNullable<ApiResponseSchemaHost['headers']>;
}

const expected: Schema = { type: 'array', items: { type: 'string' } };

const refusals = {
  400: { description: 'The id or the body is not valid', fields: { expected } },
  401: { description: 'It is not the token', fields: { expected } },
  404: {
    description: 'There is no such product',
    fields: { message: { type: 'string' } },
  },
  413: { description: 'The body is too large', fields: { expected } },
  415: {
    description: 'The encoding of the body is not known',
    fields: { expected },
  },
  500: { description: 'The log says what is wrong', fields: {} },
  503: {
    description: 'The queue is full, or the database is away',
    fields: { outcome: { type: 'string', enum: ['refused', 'unknown'] } },
    headers: {
      'Retry-After': {
        description: 'Seconds. Not there where nobody knows how many',
        schema: { type: 'integer', minimum: 1 },
      },
    },
  },
} satisfies Record<number, Refusal>;

/** Each of these statuses, with the body and the headers that it comes with. */
export function ApiRefusals(...statuses: readonly (keyof typeof refusals)[]) {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse(responseOf(status))),
  );
}

function responseOf(status: keyof typeof refusals): ApiResponseSchemaHost {
  const { fields, ...others }: Refusal = refusals[status];
  return {
    ...{ status, ...others },
    schema: {
      type: 'object',
      required: ['statusCode', 'error', ...Object.keys(fields)],
      properties: {
        statusCode: { type: 'integer', example: status },
        error: { type: 'string', example: STATUS_CODES[status] },
        ...fields,
      },
    },
  };
}
