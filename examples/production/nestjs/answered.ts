import type { ApiResponseOptions } from '@nestjs/swagger';

/** What the products' endpoints answer, as the API's description has it. */
export const answered: ApiResponseOptions & { readonly status?: never } = {
  description: 'The product, what became of the call, and what it took',
  schema: {
    type: 'object',
    required: ['product', 'message', 'latencyMs'],
    properties: {
      product: {
        type: 'object',
        required: ['id', 'name', 'price', 'stock'],
        properties: {
          id: { type: 'integer', example: 1 },
          name: { type: 'string', example: 'Desk lamp' },
          price: { type: 'number', example: 39.9 },
          stock: { type: 'integer', example: 12 },
        },
      },
      message: { type: 'string' },
      latencyMs: { type: 'number' },
    },
  },
};
