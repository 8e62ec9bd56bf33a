import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountRef } from "../../src/core/inventory/inventory.js";
import { personId } from "../../src/core/person.js";
import type { PasskeySource } from "../../src/core/ports.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { type ScriptedAppGraph, scriptedAppGraph } from "./scripted-app-graph.js";
import { drops, refuses, says, saysBatch } from "./scripted-graph.js";
import { type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const YUBIKEY = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

let signIn: SimulatedSignIn;
let on: ScriptedAppGraph;
let source: PasskeySource;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterAll(() => signIn.entra.close());
beforeEach(async () => {
  on = await scriptedAppGraph(signIn);
  source = passkeySource(on.graph, on.clock);
});
afterEach(() => on.scripted.close());

const account = (n: number): AccountRef => ({ id: personId(`p${n}`), name: `Person ${n}`, isAdmin: false });
const method = (more: object = {}) => ({ id: "m", aaGuid: YUBIKEY, ...more });
const has = (...methods: object[]) => ({ status: 200, headers: {}, body: { value: methods } });
const says429 = (retryAfter?: string) => ({
  status: 429,
  headers: retryAfter === undefined ? {} : { "Retry-After": retryAfter },
  body: { error: { code: "TooManyRequests", message: "later" } },
});
/** People asked about in the nth request. */
const askedIn = (n: number) =>
  (JSON.parse(on.scripted.received[n]?.body ?? "{}").requests as { url: string }[]).map(
    ({ url }) => url.split("/")[2],
  );

describe("reportedKeyholders", () => {
  const row = (n: number, methodsRegistered: string[], more: object = {}) => ({
    id: `P${n}`,
    userDisplayName: `Person ${n}`,
    isAdmin: false,
    methodsRegistered,
    ...more,
  });

  it.each([
    "passKeyDeviceBound",
    "passKeyDeviceBoundAuthenticator",
    "passKeyDeviceBoundWindowsHello",
    "passKeySynced",
    "passKeySomethingNew",
    "fido2",
    "fido2SecurityKey",
    "FIDO",
  ])("counts somebody who registered %s", async (name) => {
    on.scripted.script(says(200, { value: [row(1, ["email", name])] }));
    expect(await source.reportedKeyholders()).toEqual([account(1)]);
  });

  it("leaves out those without a passkey", async () => {
    const others = ["mobilePhone", "microsoftAuthenticatorPasswordless", "windowsHelloForBusiness"];
    on.scripted.script(says(200, { value: [row(1, others), row(2, [])] }));
    expect(await source.reportedKeyholders()).toEqual([]);
  });

  it("reads every page, tells who is an administrator, and names a person twice listed once", async () => {
    const next = { "@odata.nextLink": `${on.scripted.url}/v1.0/next` };
    on.scripted.script(
      says(200, { value: [row(1, ["fido2"], { isAdmin: true })], ...next }),
      says(200, {
        value: [
          row(1, ["fido2"], { isAdmin: true }),
          row(2, ["fido2"], { userDisplayName: null, userPrincipalName: "two@x" }),
        ],
      }),
    );
    expect(await source.reportedKeyholders()).toEqual([
      { ...account(1), isAdmin: true },
      { ...account(2), name: "two@x" },
    ]);
  });

  it("says when the tenant has no licence for the report", async () => {
    on.scripted.script(refuses(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"));
    await expect(source.reportedKeyholders()).rejects.toMatchObject({ code: "graph-no-licence" });
  });

  it("fails on a row that does not say what is registered", async () => {
    on.scripted.script(says(200, { value: [{ id: "P1" }] }));
    await expect(source.reportedKeyholders()).rejects.toThrow("methodsRegistered");
  });
});

describe("enabledAccounts", () => {
  it("asks for enabled accounts only, as many at a time as Graph gives", async () => {
    on.scripted.script(says(200, { value: [{ id: "P1", displayName: "Person 1" }, { id: "P2" }] }));
    expect(await source.enabledAccounts()).toEqual([account(1), { ...account(2), name: "P2" }]);
    expect(on.scripted.received[0]?.path).toBe(
      "/v1.0/users?$filter=accountEnabled eq true&$select=id,displayName&$top=999",
    );
  });
});

describe("passkeysOf", () => {
  it("reads what Graph says of each passkey, and takes for unsaid what it does not know", async () => {
    on.scripted.script(
      saysBatch(() =>
        has(
          method({
            aaGuid: YUBIKEY.toUpperCase(),
            model: "NFC key",
            passkeyType: "deviceBound",
            attestationLevel: "attested",
          }),
          method({ model: "", passkeyType: "synced", attestationLevel: "notAttested" }),
          method({ model: null, passkeyType: "unknownFutureValue", attestationLevel: "later" }),
        ),
      ),
    );
    expect(await source.passkeysOf([account(1)])).toEqual([
      {
        kind: "read",
        account: account(1),
        passkeys: [
          { aaguid: YUBIKEY, model: "NFC key", type: "deviceBound", attested: true },
          { aaguid: YUBIKEY, model: undefined, type: "synced", attested: false },
          { aaguid: YUBIKEY, model: undefined, type: undefined, attested: undefined },
        ],
      },
    ]);
  });

  it("asks for twenty people at a time and matches answers by id, not by order", async () => {
    const people = Array.from({ length: 45 }, (_, n) => account(n));
    const own = saysBatch((url) => has(method({ model: url.split("/")[2] })));
    on.scripted.script(own, own, own);
    const answers = await source.passkeysOf(people);
    expect([askedIn(0).length, askedIn(1).length, askedIn(2).length]).toEqual([20, 20, 5]);
    expect(answers).toHaveLength(45);
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: "read", passkeys: [{ model: answer.account.id }] });
    }
  });

  it("asks nothing when there is nobody to ask about", async () => {
    expect(await source.passkeysOf([])).toEqual([]);
    expect(on.scripted.received).toEqual([]);
  });

  it("takes 404 for a person who is gone", async () => {
    on.scripted.script(saysBatch(() => ({ status: 404, body: { error: {} } })));
    expect(await source.passkeysOf([account(1)])).toEqual([{ kind: "gone", account: account(1) }]);
  });

  it.each([400, 401, 403, 302])("takes %i for a failure, of that person only", async (status) => {
    on.scripted.script(saysBatch((url) => (url.includes("p1/") ? { status, body: {} } : has())));
    const answers = await source.passkeysOf([account(1), account(2)]);
    expect(answers).toContainEqual({ kind: "failed", account: account(1), why: `Graph said ${status}` });
    expect(answers).toContainEqual({ kind: "read", account: account(2), passkeys: [] });
  });

  it.each([
    ["no AAGUID", has({ id: "m" })],
    ["an AAGUID that is none", has(method({ aaGuid: "yubikey" }))],
    ["no list", { status: 200, body: {} }],
    ["no body", { status: 200 }],
  ])("takes an answer with %s for a failure, not for no passkeys", async (_, item) => {
    on.scripted.script(saysBatch(() => item));
    const [answer] = await source.passkeysOf([account(1)]);
    expect(answer).toMatchObject({ kind: "failed", why: expect.stringContaining("Cannot read") });
  });

  it("takes being left out of the answer for a failure", async () => {
    on.scripted.script(saysBatch((url) => (url.includes("p1/") ? undefined : has())));
    const answers = await source.passkeysOf([account(1), account(2)]);
    expect(answers).toHaveLength(2);
    expect(answers).toContainEqual({
      kind: "failed",
      account: account(1),
      why: "Graph left this person out of its answer",
    });
  });

  it("asks again, after the longest wait Graph named, for those it put off and for nobody else", async () => {
    on.scripted.script(
      saysBatch((url) => (url.includes("p1/") ? says429("3") : url.includes("p2/") ? says429("8") : has())),
      saysBatch(() => has(method())),
    );
    const answers = await source.passkeysOf([account(1), account(2), account(3)]);
    expect(askedIn(1)).toEqual(["p1", "p2"]);
    expect(answers.filter(({ kind }) => kind === "read")).toHaveLength(3);
    expect(on.clock.slept).toHaveLength(1);
    expect(on.clock.slept[0]).toBeGreaterThanOrEqual(8_000);
    expect(on.clock.slept[0]).toBeLessThanOrEqual(10_000);
  });

  it.each([429, 500, 502, 503, 504])("gives a person up whom %i met five times in a row", async (status) => {
    on.scripted.script(...Array.from({ length: 6 }, () => saysBatch(() => ({ status, body: {} }))));
    expect(await source.passkeysOf([account(1)])).toEqual([
      { kind: "failed", account: account(1), why: `Graph said ${status}, 5 times in a row` },
    ]);
    expect(on.scripted.received).toHaveLength(5);
  });

  it("goes on for as long as every round settles somebody, as the published limits make it", async () => {
    const people = Array.from({ length: 8 }, (_, n) => account(n));
    const oneAtATime = () => {
      let first = true;
      return saysBatch(() => {
        const item = first ? has() : says429("10");
        first = false;
        return item;
      });
    };
    on.scripted.script(...people.map(oneAtATime));
    const answers = await source.passkeysOf(people);
    expect(answers.filter(({ kind }) => kind === "read")).toHaveLength(8);
  });

  it.each([
    ["429", refuses(429, "TooManyRequests", { "retry-after": "6" })],
    ["503", refuses(503, "serviceNotAvailable", { "retry-after": "6" })],
    ["a dropped connection", drops],
  ])("repeats a whole batch that met %s", async (_, script) => {
    on.scripted.script(
      script,
      saysBatch(() => has(method())),
    );
    expect(await source.passkeysOf([account(1)])).toMatchObject([{ kind: "read" }]);
    expect(on.clock.slept).toHaveLength(1);
  });

  it.each([400, 401, 403, 404])(
    "fails everybody in a batch that met %i, and throws nothing",
    async (status) => {
      on.scripted.script(refuses(status, "no"));
      const answers = await source.passkeysOf([account(1), account(2)]);
      expect(answers.map(({ kind }) => kind)).toEqual(["failed", "failed"]);
      expect(answers[0]).toMatchObject({ why: expect.stringContaining(`Graph said ${status}`) });
    },
  );

  it("fails everybody in a batch whose answer cannot be read", async () => {
    on.scripted.script(says(200, { answers: [] }));
    expect(await source.passkeysOf([account(1)])).toMatchObject([
      { kind: "failed", why: expect.stringContaining("responses") },
    ]);
  });

  describe("with more passkeys than fit on one page", () => {
    const firstPage = () => ({
      status: 200,
      body: {
        value: [method({ model: "first" })],
        "@odata.nextLink": `${on.scripted.url}/v1.0/users/p1/authentication/fido2Methods?$skiptoken=2`,
      },
    });

    it("reads the other pages, waiting where Graph says so", async () => {
      on.scripted.script(
        saysBatch(firstPage),
        refuses(429, "TooManyRequests", { "retry-after": "60" }),
        says(200, { value: [method({ model: "second" })] }),
      );
      expect(await source.passkeysOf([account(1)])).toMatchObject([
        { kind: "read", passkeys: [{ model: "first" }, { model: "second" }] },
      ]);
    });

    it.each([
      ["500", refuses(500, "no")],
      ["a dropped connection", drops],
    ])("starts over when the second meets %s", async (_, script) => {
      on.scripted.script(
        saysBatch(firstPage),
        script,
        saysBatch(firstPage),
        says(200, { value: [method({ model: "second" })] }),
      );
      expect(await source.passkeysOf([account(1)])).toMatchObject([
        { kind: "read", passkeys: [{ model: "first" }, { model: "second" }] },
      ]);
    });

    it.each([
      [403, "failed"],
      [404, "gone"],
    ])("does not answer with the first page alone when the second meets %i", async (status, kind) => {
      on.scripted.script(saysBatch(firstPage), refuses(status, "no"));
      expect(await source.passkeysOf([account(1)])).toMatchObject([{ kind }]);
    });

    it("follows them at Graph only", async () => {
      const body = { value: [], "@odata.nextLink": "https://evil.example/v1.0/x" };
      on.scripted.script(saysBatch(() => ({ status: 200, body })));
      expect(await source.passkeysOf([account(1)])).toMatchObject([{ kind: "failed" }]);
    });
  });
});
