export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly cents: number;
}

export class ProductNotFoundError extends Error {
  override readonly name = 'ProductNotFoundError';

  constructor(id: string) {
    super(`there is no product ${id}`);
  }
}

/** In a line what comes of it, be it an error. */
export async function describeProduct(work: Promise<Product>): Promise<string> {
  try {
    const { name, cents } = await work;
    return `${name}, $${(cents / 100).toFixed(2)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const lamp: Product = {
  id: 'lamp',
  name: 'Desk lamp',
  category: 'lighting',
  cents: 4900,
};

export const chair: Product = {
  id: 'chair',
  name: 'Chair',
  category: 'seating',
  cents: 12_900,
};

export const kettle: Product = {
  id: 'kettle',
  name: 'Kettle',
  category: 'kitchen',
  cents: 3500,
};

export const bestsellers: readonly Product[] = [lamp, chair, kettle];

/** As many parts as are asked for, each with an id of its own. */
export function spareParts(count: number, category = 'parts'): Product[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `part-${index + 1}`,
    name: `Part ${index + 1}`,
    category,
    cents: 500,
  }));
}
