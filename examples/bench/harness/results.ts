import os from 'node:os';
import { type Benchmark, figuresOf, type Samples } from './benchmark.ts';
import {
  type Figure,
  type FigureResult,
  resultOf,
  type Sample,
  type SimulatedFigure,
  simulatedFigure,
} from './figure.ts';

/** What a run of a benchmark leaves in `results/`. */
export type Results = MeasuredResults | SimulatedResults;

export interface MeasuredResults {
  readonly isSimulated?: never;
  /** Such as `2026-03-01`. */
  readonly date: string;
  readonly machine: Machine;
  readonly node: string;
  readonly os: string;
  /** Their versions, where the benchmark has started any. */
  readonly servers?: Readonly<Record<string, string>>;
  /** Each measured all figures anew, in new processes. */
  readonly runs: number;
  readonly conditions: string;
  readonly figures: Readonly<Record<string, FigureResult>>;
}

/** Neither the day nor the machine matters. */
export interface SimulatedResults {
  readonly isSimulated: true;
  readonly conditions: string;
  readonly figures: Readonly<Record<string, SimulatedFigure>>;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
}

/** Puts together what the processes measured, one after the other. */
export function gatherResults(
  benchmark: Benchmark,
  runs: readonly Samples[],
  servers: Readonly<Record<string, string>> = {},
): Results {
  const measured: Samples = Object.fromEntries(
    benchmark.parts
      .flatMap(({ figures }) => Object.keys(figures))
      .map((name) => [name, runs.flatMap((samples) => samples[name] ?? [])]),
  );
  const { conditions, isSimulated } = benchmark;
  const gather = <R>(
    result: (figure: Figure, samples: readonly Sample[]) => R,
  ) =>
    Object.fromEntries(
      Object.entries(figuresOf(benchmark)).map(([name, figure]) => {
        const derived = benchmark.derived[name]?.derive(measured);
        return [name, result(figure, derived ?? measured[name] ?? [])];
      }),
    );
  if (isSimulated) {
    return { isSimulated, conditions, figures: gather(simulatedFigure) };
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    node: process.versions.node,
    os: `${os.type()} ${os.arch()}`,
    ...(Object.keys(servers).length > 0 && { servers }),
    runs: runs.length,
    conditions,
    figures: gather(resultOf),
  };
}

/** By what its figures depend on, and by nothing that tells whose it is. */
function thisMachine(): Machine {
  const processor = os.cpus()[0]?.model.trim() || 'unknown processor';
  return {
    processor,
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
  };
}
