export type Value = string | number | boolean | null;

/** What a careless question takes for nothing. */
export const falsyValues: readonly Value[] = [0, '', false, null];
