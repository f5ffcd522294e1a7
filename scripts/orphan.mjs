const intervalMs = 500;

/**
 * Ends this process when the one that started it has ended. A shell that npm
 * puts between itself and its script passes no signal on: without this,
 * `kill <npm>` would leave a server behind that holds its port for ever.
 */
export function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, intervalMs);
  watch.unref();
}
