import { translate } from '@docusaurus/Translate';

export function captions() {
  return {
    busy: translate({
      id: 'dirtyBit.tuning.chart.busy',
      message: 'How busy the database is, by pattern and delay',
      description: 'Title of a chart',
    }),
    atRisk: translate({
      id: 'dirtyBit.tuning.chart.atRisk',
      message: 'Keys that a crash would take along, by pattern and delay',
      description: 'Title of a chart',
    }),
    givenUp: translate({
      id: 'dirtyBit.tuning.chart.givenUp',
      message:
        'Writes given up while the database refuses each call, by attempts',
      description: 'Title of a chart; its columns are numbers of attempts',
    }),
    recovery: translate({
      id: 'dirtyBit.tuning.chart.recovery',
      message: 'From the end of an outage until all of it is stored',
      description: 'Title of a chart',
    }),
    crash: translate({
      id: 'dirtyBit.tuning.chart.crash',
      message: 'Plans, and the same options in the simulation',
      description: 'Title of a chart',
    }),
    batch: translate({
      id: 'dirtyBit.tuning.chart.batch',
      message: 'How long a batch takes in PostgreSQL, by bytes of a row',
      description: 'Title of a chart; its columns are sizes of rows',
    }),
    rate: translate({
      id: 'dirtyBit.tuning.chart.rate',
      message: 'Rows a second in PostgreSQL, by bytes of a row',
      description: 'Title of a chart; its columns are sizes of rows',
    }),
  };
}

/** What heads the first columns of the charts. */
export function heads() {
  return {
    delay: translate({
      id: 'dirtyBit.tuning.chart.delay',
      message: 'Delay in ms',
      description: 'Heads the column that says what the delay is',
    }),
    outage: translate({
      id: 'dirtyBit.tuning.chart.outage',
      message: 'Outage in ms',
      description: 'Heads the column that says how long an outage is',
    }),
    stack: translate({
      id: 'dirtyBit.tuning.chart.stack',
      message: 'Before the database',
      description: 'Heads the column that says what a write passes through',
    }),
    plan: translate({
      id: 'dirtyBit.tuning.chart.plan',
      message: 'Plan',
      description: 'Heads the column with the names of plans',
    }),
    rows: translate({
      id: 'dirtyBit.tuning.chart.rows',
      message: 'Rows',
      description: 'Heads the column that says how many rows a batch has',
    }),
  };
}

export function columnNames(): Readonly<Record<string, string>> {
  return {
    devices: translate({
      id: 'dirtyBit.tuning.chart.devices',
      message: '100 devices in turn',
      description: 'A pattern of writes: heads a column',
    }),
    likes: translate({
      id: 'dirtyBit.tuning.chart.likes',
      message: 'Few hot posts',
      description: 'A pattern of writes: heads a column',
    }),
    bursts: translate({
      id: 'dirtyBit.tuning.chart.bursts',
      message: 'Bursts, once a second',
      description: 'A pattern of writes: heads a column',
    }),
    planned: translate({
      id: 'dirtyBit.tuning.chart.planned',
      message: 'Planned',
      description: 'Heads a column: what the calculator says',
    }),
    hangs: translate({
      id: 'dirtyBit.tuning.chart.hangs',
      message: 'It hangs',
      description: 'A kind of outage of the database: heads a column',
    }),
    refuses: translate({
      id: 'dirtyBit.tuning.chart.refuses',
      message: 'It refuses each call',
      description: 'A kind of outage of the database: heads a column',
    }),
    seen: translate({
      id: 'dirtyBit.tuning.chart.seen',
      message: 'A crash takes along, at most',
      description: 'Heads a column: what the simulation has found',
    }),
    refused: translate({
      id: 'dirtyBit.tuning.chart.refused',
      message: 'Writes refused',
      description: 'Heads a column: what the simulation has found',
    }),
    loop: translate({
      id: 'dirtyBit.tuning.chart.loop',
      message: '100, in a loop',
      description:
        'Heads a column beside 100 and 1,000 bytes: rows of 100 bytes, with a statement each',
    }),
  };
}

export function rowNames(): Readonly<Record<string, string>> {
  return {
    cache: translate({
      id: 'dirtyBit.tuning.chart.cache',
      message: 'The cache alone',
      description: 'What a write passes through: names a row',
    }),
    patient: translate({
      id: 'dirtyBit.tuning.chart.patient',
      message: 'A patient store',
      description: 'What a write passes through: names a row',
    }),
    'patient-batches': translate({
      id: 'dirtyBit.tuning.chart.patientBatches',
      message: 'The same, and a batching store',
      description: 'What a write passes through: names a row, below the other',
    }),
    lines: translate({
      id: 'dirtyBit.tuning.chart.lines',
      message: 'Log lines',
      description: 'A pattern of writes, and a plan for them',
    }),
    sessions: translate({
      id: 'dirtyBit.tuning.chart.sessions',
      message: 'Sessions',
      description: 'A plan for writes: names a row',
    }),
    far: translate({
      id: 'dirtyBit.tuning.chart.far',
      message: 'A database far away',
      description: 'A plan for writes: names a row',
    }),
  };
}
