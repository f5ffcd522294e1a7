/**
 * The figures that an English text gives: numbers of what can be measured, with
 * the unit behind them.
 */
export interface Figure {
  /** As it is written. */
  readonly text: string;
  readonly kind: Kind;
  /** What it may be in code, where 2 s are 2000, and 70 % are 0.7. */
  readonly values: readonly number[];
}

export interface Kind {
  readonly units: readonly Unit[];
  /** One of them stands beside such a number in code, unless there are none. */
  readonly words?: readonly string[];
}

interface Unit {
  readonly names: readonly string[];
  /** What so many of it may be in code. */
  readonly inCode: (value: number) => readonly number[];
}

export function figuresIn(text: string): Figure[] {
  return [...text.matchAll(figure)].map((match) => {
    const { number = '', magnitude = '', name = '' } = match.groups ?? {};
    const factor = magnitudes[magnitude.trim()] ?? 1;
    const value = Number(number.replaceAll(',', '')) * factor;
    const { kind, unit } = unitsByName.get(name) ?? { kind: rate };
    return {
      text: match[0].replaceAll(/\s+/g, ' '),
      kind,
      values: (unit?.inCode(value) ?? [value]).map(rounded),
    };
  });
}

/** 70 % are 0.7, not 0.7000000000000001. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

const duration: Kind = {
  // Code has milliseconds, and seconds where it says so.
  units: [
    named('ns nanosecond nanoseconds', times(1e-6)),
    // The sign of micro and the Greek letter look alike.
    named('us \u00b5s \u03bcs microsecond microseconds', times(1e-3)),
    named('ms msec millisecond milliseconds', times(1)),
    named('s sec secs second seconds', times(1, 1000)),
    named('min mins minute minutes', times(1, 60, 60_000)),
    named('h hour hours', times(1, 3600, 3_600_000)),
  ],
  words: list(
    'ms milliseconds s second seconds m minute minutes time timeout delay interval advance sleep clock',
  ),
};

const size: Kind = {
  units: [
    named('B byte bytes', times(1)),
    named('kB KB kilobyte kilobytes', times(1, 1e3)),
    named('MB megabyte megabytes', times(1, 1e6)),
    named('GB gigabyte gigabytes', times(1, 1e9)),
    named('KiB kibibyte kibibytes', times(1, 1024)),
    named('MiB mebibyte mebibytes', times(1, 1024 ** 2)),
    named('GiB gibibyte gibibytes', times(1, 1024 ** 3)),
  ],
  words: list('b byte bytes kb mb gb kib mib gib width widths'),
};

const share: Kind = {
  // By 15 % more is 1.15 times as much.
  units: [named('% percent', (value) => [value, value / 100, 1 + value / 100])],
  words: list('% percent share ratio tolerance jitter'),
};

const ratio: Kind = { units: [named('× x fold times', times(1))] };

const rate: Kind = {
  units: [],
  words: list('second minute rate load loads writes'),
};

function named(names: string, inCode: Unit['inCode']): Unit {
  return { names: list(names), inCode };
}

function list(words: string): string[] {
  return words.split(' ');
}

function times(...factors: number[]): Unit['inCode'] {
  return (value) => factors.map((factor) => value * factor);
}

const unitsByName = new Map(
  [duration, size, share, ratio].flatMap((kind) =>
    kind.units.flatMap((unit) =>
      unit.names.map((name) => [name, { kind, unit }] as const),
    ),
  ),
);

const magnitudes: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  M: 1e6,
  million: 1e6,
};

/** Not in a name such as `P95` or `wal-2`, but the end of a span as in `5-10 ms`. */
const noName = String.raw`(?<![\p{L}\d_.,]|\p{L}-)`;

const number = String.raw`(?<number>\d[\d,]*(?:\.\d+)?|\.\d+)`;

const magnitude = String.raw`(?<magnitude>[kM]\b|\s(?:thousand|million)\b)?`;

/** ` ms`, `ms` or `-ms`. */
const withUnit = String.raw`[\s-]?(?<name>${[...unitsByName.keys()].join('|')})(?![\p{L}\d_])`;

/** ` rows`, but not ` rows wait for`, which a duration follows. */
const counted = String.raw`(?:\s(?!(?:for|within|after)\b)[\p{L}-]+){0,3}?`;

/** ` a second` or `/s`. */
const inTime = String.raw`(?:\s(?:a|an|per|each|every)\s(?:second|minute|hour)\b|\s?/\s?(?:s|sec|second|min|minute|h|hour)\b)`;

const figure = new RegExp(
  `${noName}${number}${magnitude}(?:${withUnit}|${counted}${inTime})`,
  'gu',
);
