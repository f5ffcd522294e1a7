import type { FactoryProvider } from '@nestjs/common';
import { DATABASE, type Database } from './database.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { SimulatedDatabase } from './simulated-database.ts';

/** PostgreSQL where there is one. */
export const databaseProvider: FactoryProvider<Database> = {
  provide: DATABASE,
  inject: [SETTINGS],
  useFactory: async (settings: Settings) => {
    const { databaseUrl } = settings;
    if (databaseUrl === undefined) return new SimulatedDatabase(settings);
    return PostgresDatabase.open(databaseUrl);
  },
};
