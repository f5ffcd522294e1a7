import os from 'node:os';
import { type Benchmark, figuresOf, type Samples } from './benchmark.ts';
import { type FigureResult, resultOf } from './figure.ts';

/** What a run of a benchmark leaves in `results/`. */
export interface Results {
  /** Such as `2026-03-01`. */
  readonly date: string;
  readonly machine: Machine;
  readonly node: string;
  readonly os: string;
  /** Each measured all figures anew, in new processes. */
  readonly runs: number;
  readonly conditions: string;
  readonly figures: Readonly<Record<string, FigureResult>>;
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
): Results {
  const measured: Samples = Object.fromEntries(
    benchmark.parts
      .flatMap(({ figures }) => Object.keys(figures))
      .map((name) => [name, runs.flatMap((samples) => samples[name] ?? [])]),
  );
  const figures = Object.entries(figuresOf(benchmark)).map(([name, figure]) => {
    const samples = benchmark.derived[name]?.derive(measured) ?? measured[name];
    return [name, resultOf(figure, samples ?? [])];
  });
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    node: process.versions.node,
    os: `${os.type()} ${os.arch()}`,
    runs: runs.length,
    conditions: benchmark.conditions,
    figures: Object.fromEntries(figures),
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
