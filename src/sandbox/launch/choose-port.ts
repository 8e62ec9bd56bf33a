import { type AddressInfo, createServer } from "node:net";

/** The port asked for if it is free on this machine, else any free one. 0 asks for any. */
export async function choosePort(preferred: number, host = "127.0.0.1"): Promise<number> {
  return (await portIfFree(preferred, host)) ?? (await portIfFree(0, host)) ?? 0;
}

function portIfFree(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, host, () => {
      const taken = (probe.address() as AddressInfo).port;
      probe.close(() => resolve(taken));
    });
  });
}
