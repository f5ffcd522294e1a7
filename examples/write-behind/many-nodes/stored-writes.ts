import pg from 'pg';
import type { Server } from '../../services/server.ts';

/** What the database has stored of each key, as it commits it. */
export class StoredWrites {
  readonly byKey = new Map<string, number[]>();
  readonly #client: pg.Client;
  readonly #watchers = new Set<(key: string, number: number) => void>();

  static async listen({ url }: Server): Promise<StoredWrites> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(tellOfWrites);
    return new StoredWrites(client);
  }

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('notification', ({ payload = '' }) => {
      const [key = '', text] = payload.split(' ');
      const number = Number(text);
      this.byKey.set(key, [...(this.byKey.get(key) ?? []), number]);
      for (const watch of this.#watchers) watch(key, number);
    });
  }

  /** Resolves when some key has such a number, from now on. */
  some(isSought: (number: number, key: string) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = (key: string, number: number) => {
        if (!isSought(number, key)) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
    });
  }

  async of(key: string, number: number): Promise<void> {
    if (this.byKey.get(key)?.includes(number)) return;
    await this.some((stored, other) => other === key && stored === number);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
  }
}

const tellOfWrites = `
  LISTEN stored;
  CREATE OR REPLACE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('stored', NEW.id || ' ' || NEW.profile);
    RETURN NULL;
  END $$;
  CREATE TRIGGER tell AFTER INSERT OR UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION tell()`;
