/** For a virtual clock: in Node, no immediate starts before the jobs are done. */
export function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
