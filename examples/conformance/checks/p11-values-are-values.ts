import { type Check, check } from '../check.ts';
import { show } from '../finding.ts';
import { falsyValues } from '../value.ts';

export const valuesAreValues: readonly Check[] = falsyValues.flatMap(
  (value) => [
    check(
      'P11',
      `${show(value)} is written, stored and read back`,
      { rows: [['setting', 'row']], limits: { maxEntries: 3 } },
      async (scene) => {
        await scene.set('setting', value);
        // A cache that returns no write of its own breaks another promise.
        await scene.set('control', 'truthy');
        const control = await scene.get('control');
        const isRead = control.state === 'done' && control.result === 'truthy';
        if (isRead) await scene.get('setting');
        await scene.flush();
        const stored = scene.store.peek('setting');
        const expected = `${show(value)} in the store`;
        scene.expect(Object.is(stored, value), expected, show(stored));
        await scene.get('setting');
        for (let guest = 1; guest <= 8; guest++) {
          await scene.set(`guest-${guest}`, `Guest ${guest}`);
        }
        await scene.flush();
        await scene.get('setting');
      },
    ),
    check(
      'P11',
      `${show(value)} is read from the store`,
      { rows: [['setting', value]] },
      async (scene) => {
        const first = await scene.get('setting');
        const second = await scene.get('setting');
        for (const read of [first, second]) {
          const got = read.state === 'done' ? read.result : read.state;
          const expected = `get('setting') to return ${show(value)}`;
          scene.expect(Object.is(got, value), expected, show(got));
        }
      },
    ),
  ],
);
