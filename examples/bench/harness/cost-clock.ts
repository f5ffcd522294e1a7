/**
 * Milliseconds of processor time that this process has used, on all its threads:
 * what other programs do meanwhile does not count, and what the garbage
 * collector does beside the program does. Windows counts in steps that are
 * longer than what is measured, so there it is the time that passes.
 */
export const costClock: () => number =
  process.platform === 'win32' ? () => performance.now() : processorTime;

export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
