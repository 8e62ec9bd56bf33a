const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls for each SIGINT, SIGTERM and SIGHUP. `startedByNpm`: also when npm is gone, because an npm that is killed
 * with SIGKILL passes nothing on. Other parents may go: `(node … &)` in a script is meant to stay.
 * Returns what ends the listening.
 */
export function listenForStop(
  stop: (reason: string) => void,
  { startedByNpm }: { readonly startedByNpm: boolean },
): () => void {
  const listeners = SIGNALS.map((signal) => [signal, () => stop(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  // A terminal that is closed takes our output with it: that must not keep us from cleaning up.
  process.stdout.on("error", ignore);
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (startedByNpm && process.ppid !== parent) stop("npm is gone");
  }, 1_000);
  timer.unref();
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.stdout.off("error", ignore);
    clearInterval(timer);
  };
}

const ignore = (): void => {};
