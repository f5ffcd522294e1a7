import type { Candidate, Setting } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

const monitored: Candidate = {
  name: 'write-behind with a monitor',
  create<V>(setting: Setting<V>) {
    const monitor = new WriteBehindMonitor<string, V>(setting);
    return new WriteBehindCache<string, V>({ ...setting, ...monitor.ports });
  },
};

const monitoredWithJournal: Candidate = {
  name: 'write-behind with a monitor and a journal',
  isDurable: true,
  create<V>(setting: Setting<V>) {
    const journal = setting.disk.open(
      'journal',
      () => new InMemoryJournal<string, V>(),
    );
    const monitor = new WriteBehindMonitor<string, V>({ ...setting, journal });
    return new WriteBehindCache<string, V>({ ...setting, ...monitor.ports });
  },
};

for (const candidate of [monitored, monitoredWithJournal]) {
  describeConformance(candidate);
  describeSimulation(candidate, { runs: 50 });
}
