import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server.js";

let server: RunningServer;
let handler: ServerOptions["handleActivity"];
let sockets: Socket[];
let logged: string[];

beforeEach(async () => {
  sockets = [];
  logged = [];
  handler = async (_request, response, readBody) => {
    await readBody();
    response.writeHead(200).end("done");
  };
  const note = (event: string): void => void logged.push(event);
  server = await startServer({
    host: "127.0.0.1",
    port: 0,
    log: { info: note, warn: note, error: note },
    handleActivity: (...given) => handler(...given),
    isReady: async () => true,
    attention: () => [],
    openEvidence: async () => ({ name: "big.html", html: "x".repeat(20_000_000) }),
    metrics: new Registry(),
  });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.close(0);
});

/** A connection that says this and nothing more. */
async function connection(said = ""): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  if (said !== "") socket.write(said);
  return socket;
}

const POST = "POST /api/messages HTTP/1.1\r\nhost: x\r\n";
const UPGRADE = "connection: upgrade\r\nupgrade: websocket\r\n";
const SILENCES: readonly [string, string][] = [
  ["nothing at all", ""],
  ["half a head", POST],
  ["half a body", `${POST}content-length: 100\r\n\r\n{`],
];

async function firstLine(socket: Socket): Promise<string> {
  const [data] = (await once(socket, "data")) as [Buffer];
  return String(data).split("\r\n")[0] ?? "";
}

async function secondsUntilClosed(socket: Socket): Promise<number> {
  const before = performance.now();
  socket.resume();
  if (!socket.closed) await once(socket, "close");
  return (performance.now() - before) / 1_000;
}

describe("a connection that says", () => {
  it("nothing, or half a head, is dropped within seconds, and half a body within some more", async () => {
    const silent = await Promise.all(SILENCES.map(([, said]) => connection(said)));
    const times = await Promise.all(silent.map(secondsUntilClosed));
    for (const [at, most] of [8, 8, 13].entries()) expect(times[at]).toBeLessThan(most);
  }, 30_000);

  it("one request may say the next one up to 65 seconds later", async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.headers.get("keep-alive")).toBe("timeout=65");
    const socket = await connection("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await firstLine(socket)).toBe("HTTP/1.1 200 OK");
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await firstLine(socket)).toBe("HTTP/1.1 200 OK");
  }, 30_000);

  it.each([
    ["GET /healthz HTTP/1.1\r\nhost: x\r\n", "HTTP/1.1 200 OK"],
    ["GET /nowhere HTTP/1.1\r\nhost: x\r\n", "HTTP/1.1 404 Not Found"],
    [`${POST}content-length: 2\r\n`, "HTTP/1.1 200 OK"],
  ])("upgrade is answered as the plain request it also is: %j", async (head, line) => {
    const socket = await connection(`${head}${UPGRADE}\r\n{}`);
    expect(await firstLine(socket)).toBe(line);
  });

  it("CONNECT is closed", async () => {
    const socket = await connection("CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await secondsUntilClosed(socket)).toBeLessThan(2);
  });
});

describe("connections", () => {
  it("are bounded: one more is closed at once, and said once in the log", async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => connection()));
    for (let more = 0; more < 3; more++) expect(await secondsUntilClosed(await connection())).toBeLessThan(2);
    expect(logged).toEqual(["connections-refused"]);
  }, 20_000);

  it("of which 600 say nothing leave room for others, and cost little", async () => {
    const before = process.memoryUsage().rss;
    await Promise.all(Array.from({ length: 600 }, () => connection(`${POST}content-length: 9000\r\n`)));
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
    // Both ends of them are in this process.
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  }, 20_000);

  it("that only wait for a next request make room when there is none", async () => {
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => connection()));
    for (const socket of idle) socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
    await Promise.all(idle.map(firstLine));
    await secondsUntilClosed(await connection());
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
  }, 20_000);
});

describe("a stop", () => {
  const secondsToStop = async (): Promise<number> => {
    const before = performance.now();
    await server.close(7_000);
    return (performance.now() - before) / 1_000;
  };

  it.each([
    ...SILENCES,
    ["one whole request", "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["upgrade", `GET /nowhere HTTP/1.1\r\nhost: x\r\n${UPGRADE}\r\n`],
    ["a whole request and half of the next", `GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n${POST}`],
  ])("is not held up by a connection that said %s", async (_, said) => {
    const socket = await connection(said);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await secondsToStop()).toBeLessThan(3);
    socket.destroy();
  });

  it("is not held up by a client that does not fetch its answer", async () => {
    const socket = await connection("GET /evidence/x HTTP/1.1\r\nhost: x\r\n\r\n");
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await secondsToStop()).toBeLessThan(3);
  });

  it("waits for work beside all of these, and lets its answer out", async () => {
    await Promise.all(SILENCES.map(([, said]) => connection(said)));
    let finish = (): void => undefined;
    const started = new Promise<void>((begun) => {
      handler = async (_request, response, readBody) => {
        await readBody();
        begun();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        response.writeHead(200).end("done");
      };
    });
    const answer = fetch(`http://127.0.0.1:${server.port}/api/messages`, { method: "POST", body: "{}" });
    await started;
    const stopped = secondsToStop();
    setTimeout(() => finish(), 3_000);
    expect(await (await answer).text()).toBe("done");
    expect(await stopped).toBeLessThan(5);
  }, 15_000);
});

describe("/metrics with an address of its own", () => {
  it("answers there only, and stops with the rest", async () => {
    const own = await startServer({
      host: "127.0.0.1",
      port: 0,
      metricsAt: { host: "127.0.0.1", port: 0 },
      log: { info() {}, warn() {}, error() {} },
      handleActivity: handler,
      isReady: async () => true,
      attention: () => [],
      openEvidence: async () => undefined,
      metrics: new Registry(),
    });
    const at = (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await at(own.port, "/healthz")).status).toBe(200);
    expect((await at(own.port, "/metrics")).status).toBe(404);
    expect(await (await at(own.metricsPort, "/metrics")).text()).toContain(
      'latchkey_http_requests_total{method="GET",route="/healthz",status="200"} 1',
    );
    for (const path of ["/healthz", "/api/messages"])
      expect((await at(own.metricsPort, path)).status).toBe(404);
    await own.close(0);
    await expect(at(own.metricsPort, "/metrics")).rejects.toThrow();
  });
});
