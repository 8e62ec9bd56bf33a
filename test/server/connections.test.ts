import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstLine, POST, SILENCES, TestServer, UPGRADE, whenClosed } from "./test-server.js";

const LOOK = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.end());

describe("a connection that says", () => {
  it("nothing, half a head, or half a body, is dropped long before one that asked for something", async () => {
    const idle = await server.connection(LOOK);
    const silent = await Promise.all(SILENCES.map(([, said]) => server.connection(said)));
    await Promise.all(silent.map(whenClosed));
    expect(idle.closed).toBe(false);
  });

  it("one request may say the next one up to 65 seconds later", async () => {
    const answer = await server.get("/healthz");
    expect(answer.headers.get("keep-alive")).toBe("timeout=65");
    const socket = await server.connection(LOOK);
    expect(await firstLine(socket)).toBe("HTTP/1.1 200 OK");
    await sleep(8_000);
    socket.write(LOOK);
    expect(await firstLine(socket)).toBe("HTTP/1.1 200 OK");
  });

  it.each([
    ["GET /healthz HTTP/1.1\r\nhost: x\r\n", "HTTP/1.1 200 OK"],
    ["GET /nowhere HTTP/1.1\r\nhost: x\r\n", "HTTP/1.1 404 Not Found"],
    [`${POST}content-length: 2\r\n`, "HTTP/1.1 202 Accepted"],
  ])("upgrade is answered as the plain request it also is: %j", async (head, line) => {
    const socket = await server.connection(`${head}${UPGRADE}\r\n{}`);
    expect(await firstLine(socket)).toBe(line);
  });

  it("CONNECT is closed", async () => {
    await whenClosed(await server.connection("CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n"));
  });
});

describe("connections", () => {
  it("are bounded: one more is closed at once, and said once in the log", async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => server.connection()));
    for (let more = 0; more < 3; more++) await whenClosed(await server.connection());
    expect(server.logged).toEqual([["connections-refused", { atMost: 1_000 }]]);
  });

  it("of which 600 say nothing leave room for others, and cost little", async () => {
    const before = process.memoryUsage().rss;
    await Promise.all(
      Array.from({ length: 600 }, () => server.connection(`${POST}content-length: 9000\r\n`)),
    );
    expect((await server.get("/healthz")).status).toBe(200);
    // Both ends of them are in this process.
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it("that only wait for a next request make room when there is none", async () => {
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => server.connection()));
    for (const socket of idle) socket.write(LOOK);
    await Promise.all(idle.map(firstLine));
    await whenClosed(await server.connection());
    expect((await server.get("/healthz")).status).toBe(200);
  });
});

describe("/metrics with an address of its own", () => {
  it("answers there only, and stops with the rest", async () => {
    const own = await TestServer.start({ metricsAt: { host: "127.0.0.1", port: 0 } });
    const atMetrics = (path: string) => fetch(`http://127.0.0.1:${own.running.metricsPort}${path}`);
    expect((await own.get("/healthz")).status).toBe(200);
    expect((await own.get("/metrics")).status).toBe(404);
    expect(await (await atMetrics("/metrics")).text()).toContain(
      'latchkey_http_requests_total{method="GET",route="/healthz",status="200"} 1',
    );
    for (const path of ["/healthz", "/api/messages"]) expect((await atMetrics(path)).status).toBe(404);
    await own.running.close(0);
    await expect(atMetrics("/metrics")).rejects.toThrow();
  });
});
