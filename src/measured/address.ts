/** Where results are among the examples: no more than what a browser needs. */
export const resultsFolder = 'bench/results';

export function resultsExample(benchmark: string): string {
  return `${resultsFolder}/${benchmark}.json`;
}
