import { describe, expect, test } from "vitest";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { ODATA_TYPE, POLICY_PATH, runSimulators } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const { grace, katherine } = SAMPLE_PEOPLE;
const shared = sharedSimulators();
const enable = (token = shared().grace) =>
  shared().patchPolicy({ "@odata.type": ODATA_TYPE, state: "enabled" }, token);
const state = () => shared().tenant.policy.state;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe("faults on demand", () => {
  test("answer with any status, in Graph's shape and with both ids, doing nothing", async () => {
    shared().startWith("never-enabled");
    shared().graph.faults.next({ method: "PATCH", status: 503, retryAfter: 4, times: 2 });
    const answer = await enable();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("4");
    expect(answer.body.error).toEqual({
      code: "serviceNotAvailable",
      message: expect.any(String),
      innerError: {
        date: expect.any(String),
        "request-id": answer.headers.get("request-id"),
        "client-request-id": answer.headers.get("client-request-id"),
      },
    });
    expect((await enable()).status).toBe(503);
    expect(state()).toBe("disabled");
    expect((await enable()).status).toBe(204);
  });

  test("throttle with the documented body", async () => {
    shared().graph.faults.next({ path: POLICY_PATH, status: 429, retryAfter: 10 });
    const answer = await shared().get(POLICY_PATH, shared().app);
    expect(answer.headers.get("retry-after")).toBe("10");
    expect(answer.body.error).toMatchObject({
      code: "TooManyRequests",
      message: "Please retry again later.",
      innerError: { code: "429", status: "429" },
    });
  });

  test("name their own code, words and headers", async () => {
    const challenge = 'Bearer realm="", error="insufficient_claims", claims="e30="';
    shared().graph.faults.next({
      status: 401,
      code: "InvalidAuthenticationToken",
      message: "Continuous access evaluation",
      headers: { "WWW-Authenticate": challenge },
    });
    const answer = await shared().get("/v1.0/users", shared().app);
    expect(answer.headers.get("www-authenticate")).toBe(challenge);
    expect(answer.body.error.message).toBe("Continuous access evaluation");
    shared().graph.faults.next({ status: 418 });
    expect((await shared().get("/v1.0/users", shared().app)).body.error.code).toBe("UnknownError");
  });

  test("strike one caller only", async () => {
    shared().graph.faults.next({ by: grace.id, status: 403 });
    shared().graph.faults.next({ by: "app", status: 500 });
    expect((await enable(await shared().tokenFor(katherine.id))).status).toBe(204);
    expect((await enable()).status).toBe(403);
    expect((await shared().get(POLICY_PATH, shared().app)).status).toBe(500);
  });

  test("cut the connection before, during or after the work", async () => {
    shared().startWith("never-enabled");
    shared().graph.faults.next({ method: "PATCH", drop: "before" });
    await expect(enable()).rejects.toThrow("fetch failed");
    await pause(200);
    expect(state()).toBe("disabled");
    shared().graph.faults.next({ method: "PATCH", drop: "during" });
    await expect(enable()).rejects.toThrow("fetch failed");
    expect(state()).toBe("disabled");
    await expect.poll(state, { timeout: 60_000 }).toBe("enabled");
    shared().startWith("never-enabled");
    shared().graph.faults.next({ method: "PATCH", drop: "after" });
    await expect(enable()).rejects.toThrow("fetch failed");
    expect(state()).toBe("enabled");
    expect(shared().graph.patches().at(-1)).toMatchObject({ status: undefined, caller: { kind: "person" } });
  });

  test.each([
    [true, "disabled"],
    ["before", "disabled"],
    ["after", "enabled"],
  ] as const)("never answer (silence: %s)", async (silence, after) => {
    shared().startWith("never-enabled");
    shared().graph.faults.next({ method: "PATCH", silence });
    const impatient = fetch(`${shared().graph.url}${POLICY_PATH}`, {
      method: "PATCH",
      headers: { Authorization: `Bearer ${shared().grace}`, "Content-Type": "application/json" },
      body: JSON.stringify({ "@odata.type": ODATA_TYPE, state: "enabled" }),
      signal: AbortSignal.timeout(150),
    });
    await expect(impatient).rejects.toThrow("timeout");
    expect(state()).toBe(after);
  });

  test("answer with half a JSON text, or with any body", async () => {
    shared().graph.faults.next({ path: /fido2$/, truncate: true });
    await expect(shared().get(POLICY_PATH, shared().app)).rejects.toThrow("JSON");
    shared().graph.faults.next({ path: /fido2$/, body: ["surprise"] });
    expect((await shared().get(POLICY_PATH, shared().app)).body).toEqual(["surprise"]);
  });

  test("answer 204 without effect", async () => {
    shared().startWith("never-enabled");
    const audits = shared().tenant.audits.length;
    shared().graph.faults.next({ method: "PATCH", noEffect: true });
    expect((await enable()).status).toBe(204);
    expect(state()).toBe("disabled");
    expect(shared().tenant.audits).toHaveLength(audits);
  });

  test("wait, alone or with something else", async () => {
    shared().graph.faults.next({ delayMs: 80, status: 504 });
    const from = performance.now();
    expect((await shared().get("/v1.0/users", shared().app)).status).toBe(504);
    expect(performance.now() - from).toBeGreaterThan(70);
  });

  test("are taken back, and tell what they have not done yet", () => {
    const { faults } = shared().graph;
    const armed = faults.next({ status: 500, times: 3 });
    expect(armed.left).toBe(3);
    expect(faults.pending).toHaveLength(1);
    armed.clear();
    expect(faults.pending).toEqual([]);
    faults.next({ status: 500 });
    faults.clear();
    expect(faults.pending).toEqual([]);
  });
});

describe("the log of requests", () => {
  test("says who asked for what, and holds no token", async () => {
    const from = shared().graph.requests.length;
    await enable();
    await shared().get("/v1.0/users?$filter=accountEnabled eq true&$top=1", shared().app);
    const [patch, list] = shared().graph.requests.slice(from);
    expect(patch).toMatchObject({
      method: "PATCH",
      path: POLICY_PATH,
      status: 204,
      body: { state: "enabled" },
      caller: { kind: "person", person: { id: grace.id } },
    });
    expect(shared().graph.patches()).toContain(patch);
    expect(list).toMatchObject({
      path: "/v1.0/users?$filter=accountEnabled eq true&$top=1",
      caller: { kind: "app", appId: shared().tenant.clientId },
    });
    const log = JSON.stringify(shared().graph.requests);
    for (const secret of shared().entra.issued) expect(log).not.toContain(secret);
  });

  test("tells its listeners, until they have heard enough", async () => {
    let heard = 0;
    const stop = shared().graph.onChange(() => {
      heard += 1;
    });
    await shared().get("/v1.0/users", shared().app);
    expect(heard).toBe(1);
    await enable();
    expect(heard).toBe(3);
    stop();
    await shared().get("/v1.0/users", shared().app);
    expect(heard).toBe(3);
  });
});

describe("throttling and latency", () => {
  const passkeys = `/v1.0/users/${grace.id}/authentication/fido2Methods`;

  test("let five reports through in ten seconds, as documented, and everything else", async () => {
    const simulators = await runSimulators({ graph: { throttle: "documented" } });
    const app = await simulators.appToken();
    for (let nth = 0; nth < 5; nth += 1) expect((await simulators.get(passkeys, app)).status).toBe(200);
    const refused = await simulators.get(passkeys, app);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(7);
    expect((await simulators.get("/v1.0/users", app)).status).toBe(200);
    expect((await simulators.get(POLICY_PATH, app)).status).toBe(200);
    await simulators.close();
  });

  test("let requests through again after the window", async () => {
    const simulators = await runSimulators({ graph: { throttle: { requests: 1, perSeconds: 0.2 } } });
    const app = await simulators.appToken();
    expect((await simulators.get(passkeys, app)).status).toBe(200);
    expect((await simulators.get(passkeys, app)).status).toBe(429);
    await pause(220);
    expect((await simulators.get(passkeys, app)).status).toBe(200);
    await simulators.close();
  });

  test("make each answer take its time", async () => {
    const simulators = await runSimulators({ graph: { latencyMs: () => 60 } });
    const app = await simulators.appToken();
    const from = performance.now();
    await simulators.get(POLICY_PATH, app);
    expect(performance.now() - from).toBeGreaterThan(50);
    await simulators.close();
  });
});
