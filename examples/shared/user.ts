export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly plan: 'free' | 'pro' | 'team';
}

export type UserChange = Partial<Omit<User, 'id'>>;

export class UserNotFoundError extends Error {
  override readonly name = 'UserNotFoundError';

  constructor(id: string) {
    super(`there is no user ${id}`);
  }
}

/** In a line what a lookup finds, or that it finds nobody. */
export async function describeUser(lookup: Promise<User>): Promise<string> {
  try {
    const { name, plan } = await lookup;
    return `${name}, ${plan}`;
  } catch (error) {
    if (error instanceof UserNotFoundError) return error.message;
    throw error;
  }
}

export const linh: User = {
  id: 'linh',
  name: 'Linh Trần',
  email: 'linh@example.com',
  plan: 'free',
};

export const haruka: User = {
  id: 'haruka',
  name: 'Haruka Sato',
  email: 'haruka@example.com',
  plan: 'team',
};

/** As many users as are asked for, each with an id of their own. */
export function guests(count: number): User[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `guest-${index + 1}`,
    name: `Guest ${index + 1}`,
    email: `guest-${index + 1}@example.com`,
    plan: 'free',
  }));
}
