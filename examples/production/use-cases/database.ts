/** What all plans of this folder assume of the database and of the process. */
export const database = { databaseMs: 4, rowMs: 0.05 };
export const memoryBytes = 64 * 2 ** 20;
