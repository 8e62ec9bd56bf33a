import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Throttle } from "../../../simulators/graph/throttle.js";
import { tooManyRequests, usageHeaders } from "../../../simulators/graph/throttle-answer.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { runSimulators } from "../running-simulators.js";

const PASSKEYS = "/users/somebody/authentication/fido2Methods";

describe("a limit", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("slides: a request is let through when so many fewer came in the window before it", () => {
    const throttle = new Throttle({ requests: 2, perSeconds: 10 });
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "admitted", used: 0.5 });
    vi.advanceTimersByTime(4_000);
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "admitted", used: 1 });
    expect(throttle.admit("/users")).toEqual({ kind: "unlimited" });
    vi.advanceTimersByTime(6_000);
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "admitted", used: 1 });
    vi.advanceTimersByTime(100);
    // What was refused counts too: the two before this one leave the window in 10 s, which is rounded up.
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "refused", used: 1.5, retryAfterSeconds: 10 });
  });

  test("says in whole seconds when to come again, never none", () => {
    const throttle = new Throttle({ requests: 1, perSeconds: 0.2 });
    throttle.admit(PASSKEYS);
    expect(throttle.admit(PASSKEYS)).toMatchObject({ retryAfterSeconds: 1 });
  });

  test("can be replaced, or taken away, and what came before is forgotten", () => {
    const throttle = new Throttle({ requests: 1, perSeconds: 10 });
    throttle.admit(PASSKEYS);
    throttle.use({ requests: 2, perSeconds: 10 });
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "admitted", used: 0.5 });
    throttle.use(undefined);
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "unlimited" });
  });

  test("costs the same however many requests it lets through", () => {
    const throttle = new Throttle({ requests: 1_000_000, perSeconds: 100 });
    let admitted = 0;
    for (let nth = 0; nth < 400_000; nth += 1) {
      if (nth % 1_000 === 0) vi.advanceTimersByTime(1_000);
      if (throttle.admit(PASSKEYS).kind === "admitted") admitted += 1;
    }
    expect(admitted).toBe(400_000);
    // The window holds the last 100 of 400 rounds.
    expect(throttle.admit(PASSKEYS)).toEqual({ kind: "admitted", used: 0.100001 });
  });
});

describe("hints of how much of a limit is used up", () => {
  test("come from four fifths on and end at 1.8", () => {
    const share = (used: number) =>
      usageHeaders({ kind: "admitted", used })["x-ms-throttle-limit-percentage"];
    expect([0.79, 0.8, 0.8666, 1, 4].map(share)).toEqual([undefined, "0.8", "0.87", "1", "1.8"]);
    expect(usageHeaders({ kind: "unlimited" })).toEqual({});
  });

  test("name the limit when a request is refused, or nothing but the time to come again", () => {
    const refused = { kind: "refused", used: 1.2, retryAfterSeconds: 4 } as const;
    expect(tooManyRequests(refused, undefined).headers).toEqual({ "Retry-After": "4" });
    expect(tooManyRequests(refused, { appId: "app", tenantId: "tenant" }).headers).toEqual({
      "Retry-After": "4",
      "x-ms-throttle-limit-percentage": "1.2",
      "x-ms-throttle-scope": "Tenant_Application/ReadWrite/app/tenant",
      "x-ms-throttle-information": "ResourceUnitLimitExceeded",
    });
  });

  test("are on answers sent alone and on items of a batch, when the readings say so", async () => {
    const simulators = await runSimulators({ graph: { throttle: { requests: 4, perSeconds: 60 } } });
    const app = await simulators.appToken();
    const path = `/users/${SAMPLE_PEOPLE.ada.id}/authentication/fido2Methods`;
    const alone = () => simulators.get(`/v1.0${path}`, app);
    simulators.graph.readings.throttleHints = true;
    await alone();
    expect((await alone()).headers.has("x-ms-throttle-limit-percentage")).toBe(false);
    await simulators.get("/v1.0/users/nobody/authentication/fido2Methods", app);
    const fourth = await alone();
    expect(fourth.status).toBe(200);
    expect(fourth.headers.get("x-ms-throttle-limit-percentage")).toBe("1");
    const batch = async () => {
      const response = await fetch(`${simulators.graph.url}/v1.0/$batch`, {
        method: "POST",
        headers: { Authorization: `Bearer ${app}`, "Content-Type": "application/json" },
        body: JSON.stringify({ requests: [{ id: "1", method: "GET", url: path }] }),
      });
      return (await response.json()) as { responses: { status: number; headers: Record<string, string> }[] };
    };
    expect((await batch()).responses[0]).toMatchObject({
      status: 429,
      headers: {
        "Retry-After": expect.stringMatching(/^\d+$/),
        "x-ms-throttle-limit-percentage": "1.25",
        "x-ms-throttle-scope": `Tenant_Application/ReadWrite/${simulators.tenant.clientId}/${simulators.tenant.tenantId}`,
      },
    });
    simulators.graph.readings.throttleHints = false;
    const plain = (await batch()).responses[0]?.headers ?? {};
    expect(Object.keys(plain).sort()).toEqual(["Content-Type", "Retry-After"]);
    simulators.graph.throttle(undefined);
    expect((await batch()).responses[0]?.status).toBe(200);
    expect(simulators.graph.counts).toEqual({ http: 7, counted: 7, throttled: 2 });
    await simulators.close();
  });
});
