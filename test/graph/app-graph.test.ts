import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AppGraph, appGraph } from "../../src/graph/app-graph.js";
import { idRow, jsonObject } from "../../src/graph/wire.js";
import { type FakeClock, fakeClock } from "./fake-clock.js";
import { breaksOff, drops, refuses, type ScriptedGraph, says, scriptedGraph } from "./scripted-graph.js";
import { GRAPH_AUDIENCE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

let signIn: SimulatedSignIn;
let scripted: ScriptedGraph;
let clock: FakeClock;
let graph: AppGraph;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterAll(() => signIn.entra.close());
beforeEach(async () => {
  scripted = await scriptedGraph();
  clock = fakeClock();
  graph = appGraph({ app: signIn.app, graphUrl: scripted.url, graphAudience: GRAPH_AUDIENCE, clock });
});
afterEach(() => scripted.close());

const BUSY = { "retry-after": "4" };

describe("one read", () => {
  it("carries the app's token for Graph, also when Graph is somewhere else, and an id of its own", async () => {
    scripted.script(says(200, {}), says(200, {}));
    await graph.get("/v1.0/a", jsonObject);
    await graph.get("/v1.0/b", jsonObject);
    const [first, second] = scripted.received.map(({ headers }) => headers);
    const token = first?.authorization?.replace("Bearer ", "") ?? "";
    expect(await signIn.entra.verify(token)).toMatchObject({ aud: GRAPH_AUDIENCE });
    expect(first?.["client-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.["client-request-id"]).not.toBe(first?.["client-request-id"]);
  });

  it.each([429, 503])(
    "is repeated after %i and the wait Graph asked for, with some jitter",
    async (status) => {
      scripted.script(refuses(status, "busy", BUSY), refuses(status, "busy", BUSY), says(200, { a: 1 }));
      expect(await graph.get("/v1.0/a", jsonObject)).toEqual({ a: 1 });
      expect(clock.slept).toHaveLength(2);
      for (const wait of clock.slept) {
        expect(wait).toBeGreaterThanOrEqual(4_000);
        expect(wait).toBeLessThanOrEqual(5_000);
      }
    },
  );

  it("is counted by method and status each time it is sent, also when no answer came", async () => {
    const heard: unknown[] = [];
    const counted = appGraph({
      app: signIn.app,
      graphUrl: scripted.url,
      graphAudience: GRAPH_AUDIENCE,
      clock,
      onAnswer: (...how) => heard.push(how),
    });
    scripted.script(refuses(429, "busy"), says(200, {}), drops);
    await counted.get("/v1.0/a", jsonObject);
    await expect(counted.batch({ requests: [] })).rejects.toMatchObject({ code: "graph-unreachable" });
    expect(heard).toEqual([
      ["GET", 429],
      ["GET", 200],
      ["POST", undefined],
    ]);
  });

  it("says how long it waits when it begins to, and nothing where it does not", async () => {
    const waits: number[] = [];
    const onWait = (seconds: number) => void waits.push(seconds);
    const told = appGraph({
      app: signIn.app,
      graphUrl: scripted.url,
      graphAudience: GRAPH_AUDIENCE,
      clock,
      onWait,
    });
    scripted.script(refuses(429, "busy", BUSY), refuses(503, "busy"), says(200, {}));
    await told.get("/v1.0/a", jsonObject);
    expect(waits).toEqual([4, 2]);
    scripted.script(refuses(429, "busy", { "retry-after": "11" }));
    await expect(told.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ retryAfterSeconds: 11 });
    expect(waits).toHaveLength(2);
  });

  it("waits for nothing longer than the caller has time: neither as Graph asks, nor for an answer", async () => {
    scripted.script(refuses(429, "busy", BUSY), refuses(429, "busy", BUSY));
    const hurried = graph.get("/v1.0/a", jsonObject, { withinMs: 7_000 });
    await expect(hurried).rejects.toMatchObject({ code: "graph-throttled", retryAfterSeconds: 4 });
    expect(clock.slept).toHaveLength(1);
    scripted.script(() => undefined);
    await expect(graph.get("/v1.0/a", jsonObject, { withinMs: 50 })).rejects.toMatchObject({
      code: "graph-too-slow",
      message: "No answer from Graph: none within 0.1 s.",
    });
  });

  it("waits longer each time when Graph names no time", async () => {
    scripted.script(refuses(429, "busy"), refuses(429, "busy"), says(200, {}));
    await graph.get("/v1.0/a", jsonObject);
    const [first = 0, second = 0] = clock.slept;
    expect(first).toBeGreaterThanOrEqual(1_000);
    expect(second).toBeGreaterThanOrEqual(2_000);
  });

  it("is given up after three attempts, with the wait Graph asked for last", async () => {
    scripted.script(
      refuses(429, "a", BUSY),
      refuses(429, "b", BUSY),
      refuses(429, "c", { "retry-after": "9" }),
    );
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({
      code: "graph-throttled",
      retryAfterSeconds: 9,
      requestId: "r-1",
    });
    expect(scripted.received).toHaveLength(3);
  });

  it("does not make a person wait a minute: the wait is reported instead", async () => {
    scripted.script(refuses(429, "busy", { "retry-after": "60" }));
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ retryAfterSeconds: 60 });
    expect(clock.slept).toEqual([]);
  });

  it.each([400, 401, 403, 404, 500, 502, 504])("is not repeated after %i", async (status) => {
    scripted.script(refuses(status, "no"));
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ status });
    expect(scripted.received).toHaveLength(1);
  });

  it.each([
    ["half an answer", breaksOff(200), "graph-unreachable"],
    ["an answer that is not JSON", says(200, "<html>"), "graph-unreadable"],
    ["an empty answer", says(200, ""), "graph-unreadable"],
    ["an array where an object belongs", says(200, []), "graph-unreadable"],
    ["a redirect", says(302, "", { location: "/v1.0/b" }), "graph-unreadable"],
  ])("takes %s for a fault, not for data", async (_, script, code) => {
    scripted.script(script);
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ code });
  });

  it("is sent again when its connection breaks before an answer, and once only", async () => {
    scripted.script(drops, says(200, { a: 1 }));
    expect(await graph.get("/v1.0/a", jsonObject)).toEqual({ a: 1 });
    const ids = scripted.received.map(({ headers }) => headers["client-request-id"]);
    expect(new Set(ids).size).toBe(2);
    scripted.script(drops, drops);
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ code: "graph-unreachable" });
    scripted.script(drops, refuses(429, "busy"), drops);
    await expect(graph.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ code: "graph-unreachable" });
    expect(scripted.received).toHaveLength(7);
  });

  it("is sent once where nobody listens", async () => {
    const heard: unknown[] = [];
    const gone = appGraph({
      app: signIn.app,
      graphUrl: scripted.url,
      graphAudience: GRAPH_AUDIENCE,
      clock,
      onAnswer: (...how) => heard.push(how),
    });
    await scripted.close();
    await expect(gone.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ code: "graph-unreachable" });
    expect(heard).toEqual([["GET", undefined]]);
  });

  it("names what is missing in an answer it cannot read, without the query", async () => {
    scripted.script(says(200, { name: 1 }));
    await expect(graph.get("/v1.0/users?$filter=secret", idRow)).rejects.toMatchObject({
      code: "graph-unreadable",
      requestId: "r-1",
      message:
        "Cannot read what Graph answered to /v1.0/users: id: Invalid input: expected string, received undefined.",
    });
  });

  it("fails as the app's sign-in failed, before anything is sent to Graph", async () => {
    const app = signIn.appWith({ kind: "secret", secret: "wrong" });
    const other = appGraph({ app, graphUrl: scripted.url, graphAudience: GRAPH_AUDIENCE, clock });
    await expect(other.get("/v1.0/a", jsonObject)).rejects.toMatchObject({ code: "app-sign-in-failed" });
    expect(scripted.received).toEqual([]);
  });
});

describe("a collection", () => {
  const next = (path: string) => ({ "@odata.nextLink": `${scripted.url}${path}` });

  it("is read to its last page, with the same headers, empty pages included", async () => {
    scripted.script(
      says(200, { value: [{ id: "1" }], ...next("/v1.0/a?$skiptoken=x%3D1%26y") }),
      says(200, { value: [], ...next("/v1.0/a?$skiptoken=z") }),
      says(200, { value: [{ id: "2", more: true }] }),
    );
    const rows = await graph.getAll("/v1.0/a?$select=id", idRow, {
      headers: { ConsistencyLevel: "eventual" },
    });
    expect(rows).toEqual([{ id: "1" }, { id: "2" }]);
    expect(scripted.received.map(({ path }) => path)).toEqual([
      "/v1.0/a?$select=id",
      "/v1.0/a?$skiptoken=x=1&y",
      "/v1.0/a?$skiptoken=z",
    ]);
    expect(scripted.received.map(({ headers }) => headers.consistencylevel)).toEqual(
      Array(3).fill("eventual"),
    );
  });

  it("is not returned in part when a later page fails", async () => {
    scripted.script(says(200, { value: [{ id: "1" }], ...next("/v1.0/a?p=2") }), refuses(500, "no"));
    await expect(graph.getAll("/v1.0/a", idRow)).rejects.toMatchObject({ code: "graph-unavailable" });
  });

  it("is not followed to another host, which would be sent our token", async () => {
    const elsewhere = await scriptedGraph();
    scripted.script(says(200, { value: [], "@odata.nextLink": `${elsewhere.url}/v1.0/a` }));
    await expect(graph.getAll("/v1.0/a", idRow)).rejects.toMatchObject({ code: "graph-unreadable" });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it("is not followed round in a circle", async () => {
    scripted.script(
      says(200, { value: [], ...next("/v1.0/a?p=2") }),
      says(200, { value: [], ...next("/v1.0/a?p=2") }),
    );
    await expect(graph.getAll("/v1.0/a", idRow)).rejects.toMatchObject({ code: "graph-unreadable" });
    expect(scripted.received).toHaveLength(2);
  });

  it("is unreadable when one row is", async () => {
    scripted.script(says(200, { value: [{ id: "1" }, { name: "no id" }] }));
    await expect(graph.getAll("/v1.0/a", idRow)).rejects.toThrow("/v1.0/a: id: Invalid input");
  });
});

describe("one page", () => {
  it("comes with the link to the next, which is asked for as it is", async () => {
    const link = `${scripted.url}/v1.0/a?$skiptoken=x%3D1%26y`;
    scripted.script(
      says(200, { value: [{ id: "1" }], "@odata.nextLink": link }),
      says(200, { value: [{ id: "2" }] }),
    );
    expect(await graph.getPage("/v1.0/a", idRow)).toEqual({ rows: [{ id: "1" }], next: { next: link } });
    expect(await graph.getPageAt(link, idRow)).toEqual({ rows: [{ id: "2" }], next: {} });
    expect(scripted.received.map(({ path }) => path)).toEqual(["/v1.0/a", "/v1.0/a?$skiptoken=x=1&y"]);
  });

  it("tells of the next before its rows are read, so that it can be asked for meanwhile", async () => {
    const link = `${scripted.url}/v1.0/a?p=2`;
    scripted.script(
      says(200, { value: [{ name: "no id" }], "@odata.nextLink": link }),
      says(200, { value: [{ id: "2" }] }),
    );
    const following: Promise<unknown>[] = [];
    const foundNext = (next: string) => void following.push(graph.getPageAt(next, idRow, { foundNext }));
    await expect(graph.getPage("/v1.0/a", idRow, { foundNext })).rejects.toMatchObject({
      code: "graph-unreadable",
    });
    expect(await Promise.all(following)).toEqual([{ rows: [{ id: "2" }], next: {} }]);
  });

  it.each([429, 500, 503])("is asked for once, and a %i is told with its wait", async (status) => {
    scripted.script(refuses(status, "busy", BUSY));
    await expect(graph.getPage("/v1.0/a", idRow)).rejects.toMatchObject({ status, retryAfterSeconds: 4 });
    expect(scripted.received).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it("is not taken when the next one is on another host, nor asked for there", async () => {
    const elsewhere = await scriptedGraph();
    const link = `${elsewhere.url}/v1.0/a?p=2`;
    scripted.script(says(200, { value: [], "@odata.nextLink": link }));
    await expect(graph.getPage("/v1.0/a", idRow)).rejects.toMatchObject({ code: "graph-unreadable" });
    await expect(graph.getPageAt(link, idRow)).rejects.toMatchObject({ code: "graph-unreadable" });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it("is unreadable when one row is", async () => {
    scripted.script(says(200, { value: [{ id: "1" }, { name: "no id" }] }));
    await expect(graph.getPage("/v1.0/a", idRow)).rejects.toMatchObject({ code: "graph-unreadable" });
  });
});

describe("a batch", () => {
  const body = { requests: [] };

  it("is sent as it is given, and its answer given back as it came", async () => {
    scripted.script(says(200, { responses: [], later: 1 }));
    expect(await graph.batch(body)).toEqual({ responses: [], later: 1 });
    expect(scripted.received[0]).toMatchObject({
      method: "POST",
      path: "/v1.0/$batch",
      body: JSON.stringify(body),
    });
  });

  it.each([
    ["429", refuses(429, "busy", BUSY), { code: "graph-throttled", retryAfterSeconds: 4 }],
    ["503", refuses(503, "busy", BUSY), { code: "graph-unavailable", retryAfterSeconds: 4 }],
    ["403", refuses(403, "no"), { code: "graph-denied" }],
    ["a dropped connection", drops, { code: "graph-unreachable" }],
    ["half an answer", breaksOff(200), { code: "graph-unreachable" }],
    ["an answer that is not JSON", says(200, "<html>"), { code: "graph-unreadable" }],
  ])("is sent once, whatever comes back: %s", async (_, script, fault) => {
    scripted.script(script);
    await expect(graph.batch(body)).rejects.toMatchObject(fault);
    expect(scripted.received).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});
