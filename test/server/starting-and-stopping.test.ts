import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PATIENT_MS, POST, SILENCES, TestServer, UPGRADE } from "./test-server.js";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.end());

describe("starting", () => {
  it("says so when the port is taken", async () => {
    const { port } = server.running;
    await expect(TestServer.start({ port })).rejects.toThrow(
      `cannot listen on HOST 127.0.0.1, PORT ${port}: another program uses it`,
    );
  });
});

describe("a stop that is announced", () => {
  it("is seen on /readyz, and everything else is served as before, by connections that end with their answers", async () => {
    const { begun, finish } = server.working();
    const working = server.post("{}");
    await begun;
    server.running.drain();
    const ready = await server.get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([503, { status: "stopping", attention: [] }]);
    const alive = await server.get("/healthz");
    expect([alive.status, alive.headers.get("connection")]).toEqual([200, "close"]);
    finish();
    const answer = await working;
    expect([await answer.text(), answer.headers.get("connection")]).toEqual(["done", "close"]);
    await server.running.close(PATIENT_MS);
  });
});

describe("a stop", () => {
  it("finishes what is in flight, and takes nothing new", async () => {
    const { begun, finish } = server.working();
    const answer = server.post("{}");
    await begun;
    const closed = server.running.close(PATIENT_MS);
    await expect(server.get("/healthz")).rejects.toThrow();
    finish();
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([200, "done"]);
    expect(response.headers.get("connection")).toBe("close");
    await closed;
  });

  it("waits for a handler that answered and still works", async () => {
    let finished = false;
    server.handler = async (_request, response, readBody) => {
      await readBody();
      response.writeHead(200).end();
      await sleep(100);
      finished = true;
    };
    await server.post("{}");
    await server.running.close(PATIENT_MS);
    expect(finished).toBe(true);
  });

  it("drops after its time whatever is still in flight", async () => {
    const { begun } = server.working();
    const answer = server.post("{}");
    await begun;
    await Promise.all([server.running.close(100), expect(answer).rejects.toThrow()]);
  });

  it("is not held up by idle connections, and may come twice", async () => {
    await server.connection();
    await server.get("/healthz");
    await server.running.close(PATIENT_MS);
    await server.running.close(PATIENT_MS);
  });

  it.each([
    ...SILENCES,
    ["one whole request", "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["upgrade", `GET /nowhere HTTP/1.1\r\nhost: x\r\n${UPGRADE}\r\n`],
    ["a whole request and half of the next", `GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n${POST}`],
  ])("is not held up by a connection that said %s", async (_, said) => {
    await server.connection(said);
    await sleep(100);
    await server.running.close(PATIENT_MS);
  });

  it("is not held up by a client that does not fetch its answer", async () => {
    server.evidence = "x".repeat(20_000_000);
    const socket = await server.connection("GET /evidence/the-secret HTTP/1.1\r\nhost: x\r\n\r\n");
    socket.pause();
    await sleep(200);
    await server.running.close(PATIENT_MS);
  });

  it("waits for work beside all of these, and lets its answer out", async () => {
    await Promise.all(SILENCES.map(([, said]) => server.connection(said)));
    const { begun, finish } = server.working();
    const answer = server.post("{}");
    await begun;
    const stopped = server.running.close(PATIENT_MS);
    setTimeout(finish, 3_000);
    expect(await (await answer).text()).toBe("done");
    await stopped;
  });
});
