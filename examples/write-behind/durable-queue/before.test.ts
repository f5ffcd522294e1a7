import { expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { demo } from './before.ts';

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: the demo prints what is recorded',
  async () => {
    let output = '';
    await demo((line) => {
      output += `${line}\n`;
    });
    await expect(output).toMatchFileSnapshot('before.out.txt');
  },
);
