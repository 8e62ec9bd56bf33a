/** The result, or undefined when the time is over first. What was begun goes on without being waited for. */
export async function within<Result>(work: Promise<Result>, limitMs: number): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, limitMs));
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same by a clock port, for code that has no timers of its own. */
export function withinBy<Result>(
  clock: { sleep(milliseconds: number): Promise<void> },
  work: Promise<Result>,
  limitMs: number,
): Promise<Result | undefined> {
  return Promise.race([work, clock.sleep(limitMs).then(() => undefined)]);
}
