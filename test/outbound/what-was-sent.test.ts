import { createServer, type Server } from "node:net";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { oneRequest } from "../../src/outbound/one-request.js";
import { goOutBy, outbound } from "../../src/outbound/outbound.js";
import { startConnectProxy } from "./connect-proxy.js";

const before = getGlobalDispatcher();
let servers: Server[] = [];
afterEach(() => {
  setGlobalDispatcher(before);
  for (const server of servers) server.close();
  servers = [];
});

/** Whether a request that fails at this address was said to be sent before. */
async function isSentTo(url: string, timeoutMs = 10_000): Promise<boolean> {
  let sent = false;
  const onSent = () => {
    sent = true;
  };
  const failing = oneRequest({
    method: "POST",
    url: new URL(url),
    headers: {},
    body: "{}",
    timeoutMs,
    onSent,
  });
  await expect(failing).rejects.toThrow();
  return sent;
}

function listening(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}

/** A port at which nothing listens any more. */
async function portOfNothing(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Has a name stand for these addresses. */
function resolving(addresses: readonly string[], afterMs = 0): object {
  const found = addresses.map((address) => ({ address, family: 4 }));
  return {
    lookup: (_: string, __: object, done: (error: null, found: object[]) => void) =>
      setTimeout(() => done(null, found), afterMs),
  };
}

describe("a request is not sent", () => {
  it("where nothing listens", async () => {
    expect(await isSentTo(`http://127.0.0.1:${await portOfNothing()}/`)).toBe(false);
  });

  it("where nothing listens at any address of the host", async () => {
    setGlobalDispatcher(new Agent({ connect: { ...resolving(["127.0.0.1", "127.0.0.2"]) } }));
    expect(await isSentTo(`http://teams.example:${await portOfNothing()}/`)).toBe(false);
  });

  it("where the host has no address", async () => {
    expect(await isSentTo("http://teams.invalid/")).toBe(false);
  });

  it("where there is no connection in time", async () => {
    const port = await listening(createServer());
    setGlobalDispatcher(new Agent({ connect: resolving(["127.0.0.1"], 500) }));
    expect(await isSentTo(`http://teams.example:${port}/`, 50)).toBe(false);
  });

  it("where the connection ends before it is encrypted", async () => {
    const port = await listening(createServer((socket) => socket.destroy()));
    expect(await isSentTo(`https://127.0.0.1:${port}/`)).toBe(false);
  });

  it.each([
    [
      "does not let us in",
      (url: string) => url.replace("p%40ss", "wrong"),
      "https://teams.behind-proxy.test",
    ],
    ["cannot reach the host", (url: string) => url, "https://teams.example"],
  ])("where the proxy %s", async (_, change, address) => {
    const proxy = await startConnectProxy("behind-proxy.test");
    goOutBy(outbound({ https: change(proxy.url), http: undefined, except: [] }));
    expect(await isSentTo(address)).toBe(false);
    await proxy.close();
  });

  it("where the proxy is away", async () => {
    goOutBy(outbound({ https: `http://127.0.0.1:${await portOfNothing()}`, http: undefined, except: [] }));
    expect(await isSentTo("https://teams.example")).toBe(false);
  });
});

describe("a request is sent", () => {
  it.each(["", "HTTP/1.1 20"])("where the connection ends at %j of an answer", async (said) => {
    const port = await listening(createServer((socket) => socket.once("data", () => socket.end(said))));
    expect(await isSentTo(`http://127.0.0.1:${port}/`)).toBe(true);
  });

  it("where the connection is reset after it", async () => {
    const port = await listening(
      createServer((socket) => socket.once("data", () => socket.resetAndDestroy())),
    );
    expect(await isSentTo(`http://127.0.0.1:${port}/`)).toBe(true);
  });

  it("where no answer comes in time", async () => {
    const port = await listening(createServer((socket) => socket.on("error", () => undefined)));
    expect(await isSentTo(`http://127.0.0.1:${port}/`, 200)).toBe(true);
  });
});
