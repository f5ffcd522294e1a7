/** What somebody types, and the demand that it comes to. */
import {
  type Demand,
  type Input,
  type Loss,
  UnreachableError,
} from '../../examples/production/tuning/demand.ts';
import {
  planWrites,
  type WritePlan,
} from '../../examples/production/tuning/plan-writes.ts';

/** A number that is typed in, in a unit that people think in. */
interface Field {
  /** The worked example, which those see who have no JavaScript. */
  readonly example: number;
  readonly least: number;
  readonly most: number;
  /** What a whole one of the unit is in the demand. */
  readonly factor: number;
  readonly isWhole?: true;
}

export const fields = {
  writesPerSecond: { example: 200, least: 0.01, most: 1e6, factor: 1 },
  repeatedShare: { example: 20, least: 0, most: 99, factor: 0.01 },
  rowBytes: { example: 600, least: 1, most: 1e7, factor: 1, isWhole: true },
  databaseMs: { example: 8.1, least: 0.01, most: 1e5, factor: 1 },
  rowMs: { example: 0.1, least: 0, most: 1e5, factor: 1 },
  loss: { example: 2000, least: 0.01, most: 1e9, factor: 1 },
  outageMs: { example: 8, least: 0, most: 36_000, factor: 1000 },
  memoryBytes: { example: 64, least: 1, most: 65_536, factor: 2 ** 20 },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as FieldName[];

export const lossUnits = ['keys', 'seconds', 'none'] as const;

export type LossUnit = (typeof lossUnits)[number];

export interface Form {
  readonly texts: Readonly<Record<FieldName, string>>;
  readonly lossUnit: LossUnit;
}

export const exampleForm: Form = {
  texts: Object.fromEntries(
    fieldNames.map((name) => [name, String(fields[name].example)]),
  ) as Record<FieldName, string>,
  lossUnit: 'keys',
};

export type Outcome =
  | { readonly plan: WritePlan }
  /** Fields that hold no number, or none that makes sense. */
  | { readonly wrong: readonly FieldName[] }
  /** The limit is in the unit of the field. */
  | { readonly unreachable: Input; readonly limit: number };

export function outcomeOf(form: Form): Outcome {
  const wrong = fieldNames.filter((name) => !makesSense(name, form));
  if (wrong.length > 0) return { wrong };
  try {
    return { plan: planWrites(demandOf(form)) };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    const { input, limit } = error;
    return { unreachable: input, limit: limit / factorOf(input, form) };
  }
}

function makesSense(name: FieldName, form: Form): boolean {
  if (name === 'loss' && form.lossUnit === 'none') return true;
  const { least, most, ...field }: Field = fields[name];
  const number = numberIn(name, form);
  const isWhole =
    field.isWhole || (name === 'loss' && form.lossUnit === 'keys');
  if (isWhole && !Number.isInteger(number)) return false;
  // A row cannot take longer than the batch that it is in.
  const bound = name === 'rowMs' ? numberIn('databaseMs', form) : most;
  return number >= least && number <= bound;
}

function numberIn(name: FieldName, { texts }: Form): number {
  const text = texts[name].trim();
  return text === '' ? Number.NaN : Number(text);
}

function demandOf(form: Form): Demand {
  const value = (name: FieldName) =>
    numberIn(name, form) * factorOf(name, form);
  return {
    writesPerSecond: value('writesPerSecond'),
    repeatedShare: value('repeatedShare'),
    rowBytes: value('rowBytes'),
    databaseMs: value('databaseMs'),
    rowMs: value('rowMs'),
    loss: lossOf(form.lossUnit, value('loss')),
    outageMs: value('outageMs'),
    memoryBytes: Math.floor(value('memoryBytes')),
  };
}

function lossOf(unit: LossUnit, value: number): Loss {
  if (unit === 'none') return 'none';
  return unit === 'keys' ? { keys: value } : { ms: value };
}

function factorOf(name: FieldName, { lossUnit }: Form): number {
  return name === 'loss' && lossUnit === 'seconds' ? 1000 : fields[name].factor;
}

/** Rounded so that it can be typed in, and is reachable then. */
export function reachable(input: Input, limit: number): number {
  const round = isLeast(input) ? Math.ceil : Math.floor;
  const digits = limit < 100 ? 100 : 1;
  return round(limit * digits) / digits;
}

/** Whether the limit is the least that can be reached, and not the most. */
export function isLeast(input: Input): boolean {
  return input === 'loss' || input === 'memoryBytes';
}
