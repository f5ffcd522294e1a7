import { expect, test } from 'vitest';
import { freePort } from '../../services/free-port.ts';
import { openPlace } from './place.ts';

test('says so where no Redis answers', async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const addresses = { postgres: { url: 'postgres://nobody' }, redis: { url } };
  await expect(openPlace(addresses, () => {})).rejects.toThrow(
    'No Redis answers',
  );
});
