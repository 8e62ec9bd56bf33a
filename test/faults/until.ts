/** Waits until a look finds something, and hands it on. @throws Error that says what did not come */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: () => string,
  { within = 60_000, every = 20 }: { readonly within?: number; readonly every?: number } = {},
): Promise<T> {
  // Not the time of day: these tests set it.
  const end = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${within / 1000} s for ${what()}`);
    await pause(every);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
