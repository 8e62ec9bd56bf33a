import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callGraph, type GraphCall, parseRetryAfter } from "../../src/graph/graph-http.js";
import { breaksOff, drops, type ScriptedGraph, says, scriptedGraph } from "./scripted-graph.js";

let graph: ScriptedGraph;
beforeEach(async () => {
  graph = await scriptedGraph();
});
afterEach(() => graph.close());

function call(more: Partial<GraphCall> = {}): GraphCall {
  return {
    method: "GET",
    url: `${graph.url}/v1.0/users?$top=2`,
    token: "the-token",
    clientRequestId: "c-1",
    timeoutMs: 2_000,
    ...more,
  };
}

describe("callGraph", () => {
  it("sends the token, our own id of the request and our headers, to the URL as given", async () => {
    graph.script(says(200, { value: [] }));
    await callGraph(call({ headers: { ConsistencyLevel: "eventual" } }));
    expect(graph.received).toMatchObject([
      {
        method: "GET",
        path: "/v1.0/users?$top=2",
        headers: {
          authorization: "Bearer the-token",
          "client-request-id": "c-1",
          consistencylevel: "eventual",
        },
      },
    ]);
  });

  it("tells Graph's id of the request and how long to wait", async () => {
    graph.script(says(429, {}, { "retry-after": "12" }));
    expect(await callGraph(call())).toMatchObject({ status: 429, requestId: "r-1", retryAfterSeconds: 12 });
  });

  it("takes answers that Graph has made smaller", async () => {
    const small = gzipSync(JSON.stringify({ value: ["é"] }));
    graph.script(says(200, small, { "content-encoding": "gzip" }));
    expect((await callGraph(call())).body).toEqual({ kind: "json", value: { value: ["é"] } });
    expect(graph.received[0]?.headers["accept-encoding"]).toBe("gzip");
  });

  it("takes an answer of which less came than was made smaller for one that was cut off", async () => {
    const part = gzipSync(JSON.stringify({ value: [] })).subarray(0, -9);
    graph.script(says(200, part, { "content-encoding": "gzip" }));
    expect((await callGraph(call())).body).toEqual({ kind: "cut-off" });
  });

  it.each([429, 503, 504])("sends one request when Graph says %i, whatever the method", async (status) => {
    for (const method of ["GET", "POST", "PATCH"] as const) {
      graph.script(says(status, {}, { "retry-after": "0" }));
      expect((await callGraph(call({ method, body: {} }))).status).toBe(status);
    }
    expect(graph.received.map(({ method }) => method)).toEqual(["GET", "POST", "PATCH"]);
  });

  it("does not follow a redirect", async () => {
    graph.script(says(307, "", { location: `${graph.url}/v1.0/elsewhere` }));
    expect((await callGraph(call({ method: "PATCH", body: {} }))).status).toBe(307);
    expect(graph.received).toHaveLength(1);
  });

  it.each([
    ["an empty body", says(204, ""), { kind: "empty" }],
    ["a page of HTML", says(200, "<html>"), { kind: "not-json" }],
    ["half a body", breaksOff(200), { kind: "cut-off" }],
  ])("reports %s beside the status", async (_, script, body) => {
    graph.script(script);
    expect((await callGraph(call())).body).toEqual(body);
  });

  it("takes a dropped connection for no answer", async () => {
    graph.script(drops);
    await expect(callGraph(call())).rejects.toMatchObject({ code: "graph-unreachable", status: undefined });
  });

  it("takes a closed port for no answer, saying so and not quoting the token", async () => {
    await graph.close();
    const fault = await callGraph(call()).catch((error: unknown) => error);
    expect(fault).toMatchObject({
      code: "graph-unreachable",
      message: "No answer from Graph: ECONNREFUSED.",
    });
    expect(inspect(fault, { depth: null })).not.toContain("the-token");
  });

  it("gives up after the time it was given", async () => {
    graph.script(() => undefined);
    await expect(callGraph(call({ timeoutMs: 100 }))).rejects.toMatchObject({
      code: "graph-too-slow",
      message: "No answer from Graph: none within 0.1 s.",
    });
  });

  it.each([0.5, -3.25])(
    "gives up at once when %d ms are left of a time that was measured",
    async (timeoutMs) => {
      graph.script(() => undefined);
      await expect(callGraph(call({ timeoutMs }))).rejects.toMatchObject({ code: "graph-too-slow" });
    },
  );

  it("answers within a time that is no whole number of milliseconds", async () => {
    graph.script(says(200, { value: [] }));
    expect(await callGraph(call({ timeoutMs: 6_991.997 }))).toMatchObject({ status: 200 });
  });

  it("refuses plain http, over which the client would silently send no token", async () => {
    await expect(callGraph(call({ url: "http://localhost/v1.0/me" }))).rejects.toThrow("must be https");
  });
});

describe("parseRetryAfter", () => {
  it.each([
    ["7", null, 7],
    ["0", null, 0],
    ["Sun, 22 Nov 2026 10:00:30 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 30],
    ["Sun, 22 Nov 2026 09:59:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 0],
    ["Sun, 22 Nov 2026 10:00:30 GMT", null, undefined],
    ["soon", "Sun, 22 Nov 2026 10:00:00 GMT", undefined],
    [null, null, undefined],
  ])("reads %j, answered at %j, as %j seconds", (header, answeredAt, seconds) => {
    expect(parseRetryAfter(header, answeredAt)).toBe(seconds);
  });
});
