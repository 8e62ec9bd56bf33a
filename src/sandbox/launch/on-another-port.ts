import { createServer } from "node:net";

/**
 * Starts something on a port, and on any free one when that port turns out to be in use: also when another program took it
 * only a moment ago, as a second sandbox that starts at the same time does.
 */
export async function onAnotherPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (port === 0 || (await isFree(port))) throw error;
    return start(0);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
