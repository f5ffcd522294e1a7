/** @typedef {import('../examples/bench/harness/results.ts').Results} Results */
/** @typedef {import('../examples/bench/harness/figure.ts').FigureResult} FigureResult */
/** @typedef {import('../examples/bench/harness/figure.ts').SimulatedFigure} SimulatedFigure */

/**
 * What a benchmark came to, for a terminal.
 *
 * @param {string} name
 * @param {Results} results
 * @param {(figure: SimulatedFigure) => boolean | undefined} meetsAim
 */
export function report(name, results, meetsAim) {
  if (results.isSimulated) return reportSimulated(name, results);
  const { machine, node, os, runs, servers = {} } = results;
  const versions = Object.entries({ 'Node.js': node, ...servers })
    .map((pair) => pair.join(' '))
    .join(', ');
  const figures = Object.entries(results.figures);
  const rows = figures.map(([figure, result]) => [
    figure,
    inUnit(result.value, result),
    `${plain(result.spread.from)} to ${plain(result.spread.to)}`,
    result.compares ? partsOf(result) : '',
    verdict(result, meetsAim(result)),
  ]);
  const missed = figures.filter(([, result]) => meetsAim(result) === false);
  return [
    `${name}: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${os}, ${versions}, ${runs} runs`,
    '',
    ...table([['figure', 'median', 'half of all', 'of', 'aim'], ...rows]),
    '',
    outcome(
      figures.some(([, { aim }]) => aim),
      missed.map(([figure]) => figure),
    ),
  ].join('\n');
}

/**
 * @param {string} name
 * @param {import('../examples/bench/harness/results.ts').SimulatedResults} results
 */
function reportSimulated(name, results) {
  const figures = Object.entries(results.figures);
  const rows = figures.map(([figure, result]) => [
    figure,
    inUnit(result.value, result),
  ]);
  return [
    `${name}: simulated, the same on every machine`,
    '',
    ...table([['figure', 'value'], ...rows]),
  ].join('\n');
}

/**
 * @param {boolean} hasAims
 * @param {readonly string[]} missed
 */
function outcome(hasAims, missed) {
  if (!hasAims) return 'None of these figures has an aim.';
  if (missed.length === 0) return 'All aims are met.';
  return `Missed: ${missed.join(', ')}.`;
}

/** @param {FigureResult} figure */
function partsOf({ subject = 0, baseline = 0, compares }) {
  return compares === 'nanoseconds'
    ? `${plain(subject)} ns and ${plain(baseline)} ns`
    : `${plain(subject)}× and ${plain(baseline)}×`;
}

/**
 * @param {FigureResult} figure
 * @param {boolean | undefined} isMet
 */
function verdict({ aim, ...figure }, isMet) {
  if (aim === undefined) return '';
  const wanted =
    'atMost' in aim
      ? `at most ${inUnit(aim.atMost, figure)}`
      : `at least ${inUnit(aim.atLeast, figure)}`;
  return `${wanted}: ${isMet ? 'met' : 'MISSED'}`;
}

/**
 * @param {number} value
 * @param {Pick<SimulatedFigure, 'unit'>} figure
 */
function inUnit(value, { unit }) {
  if (unit === 'share') return `${plain(100 * value)} %`;
  return `${plain(value)}${suffixes[unit]}`;
}

const suffixes = {
  ratio: '×',
  bytes: ' bytes',
  milliseconds: ' ms',
  count: '',
};

/** @param {number} value */
function plain(value) {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(
    value,
  );
}

/** @param {readonly (readonly string[])[]} rows */
function table(rows) {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
