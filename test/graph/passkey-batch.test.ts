import { describe, expect, it } from "vitest";
import { personId } from "../../src/core/person.js";
import { NO_AAGUID } from "../../src/core/policy/policy.js";
import type { AccountRef } from "../../src/core/scan/inventory.js";
import { readPasskeyBatch } from "../../src/graph/passkey-batch.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { drops, refuses, says, saysBatch } from "./scripted-graph.js";

const YUBIKEY = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

const on = scriptedAppGraphForEach();

const account = (n: number): AccountRef => ({ id: personId(`p${n}`), name: `Person ${n}`, isAdmin: false });
const method = (more: object = {}) => ({ aaGuid: YUBIKEY, ...more });
const has = (...methods: object[]) => ({ status: 200, headers: {}, body: { value: methods } });
const says429 = (headers: object = {}) => ({
  status: 429,
  headers,
  body: { error: { code: "TooManyRequests", message: "later" } },
});
const only = (n: number, item: object) => saysBatch((url) => (url.includes(`/p${n}/`) ? item : has()));
const read = (...numbers: number[]) => readPasskeyBatch(on.graph, numbers.map(account));

describe("one batch", () => {
  it("asks once about each person, and matches answers by id, not by order", async () => {
    on.scripted.script(saysBatch((url) => has(method({ model: url.split("/")[2] }))));
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const { answers, later } = await read(...numbers);
    expect(later).toEqual([]);
    expect(answers.map((answer) => answer.account.id).sort()).toEqual(
      numbers.map((n) => account(n).id).sort(),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: "read", passkeys: [{ model: answer.account.id }] });
    }
    expect(on.scripted.received).toHaveLength(1);
  });

  it("takes no header for said that is neither text nor a number", async () => {
    const odd = { toString: 1, valueOf: null };
    on.scripted.script(
      only(2, says429({ "Retry-After": odd, "x-ms-throttle-limit-percentage": odd, Date: odd })),
    );
    const round = await read(1, 2);
    expect(round.answers).toMatchObject([{ kind: "read", account: account(1) }]);
    expect(round.later).toEqual([{ account: account(2), why: "Graph said 429", throttled: true }]);
    expect(round).not.toHaveProperty("pressure");
  });

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
    expect(await read(1)).toEqual({
      answers: [
        {
          kind: "read",
          account: account(1),
          passkeys: [
            { aaguid: YUBIKEY, model: "NFC key", type: "deviceBound", attested: true },
            { aaguid: YUBIKEY, model: undefined, type: "synced", attested: false },
            { aaguid: YUBIKEY, model: undefined, type: undefined, attested: undefined },
          ],
        },
      ],
      later: [],
    });
  });

  it("takes 404 for a person who is gone", async () => {
    on.scripted.script(saysBatch(() => ({ status: 404, body: { error: {} } })));
    expect(await read(1)).toEqual({ answers: [{ kind: "gone", account: account(1) }], later: [] });
  });

  it.each([400, 401, 403, 302])("takes %i for a failure, of that person only", async (status) => {
    on.scripted.script(only(1, { status, body: {} }));
    const { answers } = await read(1, 2);
    expect(answers).toContainEqual({ kind: "failed", account: account(1), why: `Graph said ${status}` });
    expect(answers).toContainEqual({ kind: "read", account: account(2), passkeys: [] });
  });

  it.each([
    ["an AAGUID that is none", has(method({ aaGuid: "yubikey" }))],
    ["an AAGUID that is no text", has(method({ aaGuid: 7 }))],
    ["a blank for an AAGUID", has(method({ aaGuid: " " }))],
    ["a good passkey and one that cannot be read", has(method(), method({ aaGuid: "{}" }))],
    ["a good passkey and an entry that is none", has(method(), null as never)],
    ["a good passkey and a text", has(method(), YUBIKEY as never)],
    ["no list", { status: 200, body: {} }],
    ["text", { status: 200, body: "<html>" }],
    ["no body", { status: 200 }],
  ])("takes an answer with %s for a failure, not for no passkeys", async (_, item) => {
    on.scripted.script(only(1, item));
    const { answers, later } = await read(1, 2);
    expect(answers).toContainEqual({
      kind: "failed",
      account: account(1),
      why: expect.stringContaining("Cannot read"),
    });
    expect(answers).toContainEqual({ kind: "read", account: account(2), passkeys: [] });
    expect(later).toEqual([]);
  });

  it.each([
    ["no AAGUID", { id: "m" }],
    ["null for an AAGUID", { id: "m", aaGuid: null }],
    ["an empty AAGUID", { id: "m", aaGuid: "" }],
    ["all zeros", { id: "m", aaGuid: NO_AAGUID }],
  ])("takes a passkey with %s for one that names no model", async (_, row) => {
    on.scripted.script(only(1, has(method({ id: "n" }), row)));
    expect((await read(1)).answers).toMatchObject([
      { kind: "read", passkeys: [{ aaguid: YUBIKEY }, { aaguid: NO_AAGUID }] },
    ]);
  });

  it("loses nothing by an odd member on which nothing depends", async () => {
    const odd = { id: 7, model: {}, passkeyType: [], attestationLevel: false };
    on.scripted.script(only(1, has(method(odd), method())));
    const passkey = { aaguid: YUBIKEY, model: undefined, type: undefined, attested: undefined };
    expect((await read(1)).answers).toMatchObject([{ kind: "read", passkeys: [passkey, passkey] }]);
  });

  it("reads an AAGUID in braces as the same AAGUID", async () => {
    on.scripted.script(only(1, has(method({ aaGuid: ` {${YUBIKEY.toUpperCase()}} ` }))));
    expect((await read(1)).answers).toMatchObject([{ kind: "read", passkeys: [{ aaguid: YUBIKEY }] }]);
  });

  it.each([408, 500, 502, 503, 504])(
    "puts a person off who met %i, which is not throttling",
    async (status) => {
      on.scripted.script(only(1, { status, headers: { "Retry-After": "7" } }));
      const { answers, later } = await read(1, 2);
      const why = `Graph said ${status}`;
      expect(later).toEqual([{ account: account(1), why, throttled: false, retryAfterSeconds: 7 }]);
      expect(answers).toMatchObject([{ kind: "read", account: account(2) }]);
    },
  );

  it.each([
    ["the seconds it named", { "Retry-After": "3" }, { retryAfterSeconds: 3 }],
    ["a header in any case", { "retry-AFTER": "3" }, { retryAfterSeconds: 3 }],
    ["a number", { "Retry-After": 3 }, { retryAfterSeconds: 3 }],
    [
      "a date, by Graph's own clock",
      { "Retry-After": "Sun, 22 Nov 2026 10:00:09 GMT", Date: "Sun, 22 Nov 2026 10:00:00 GMT" },
      { retryAfterSeconds: 9 },
    ],
    ["nothing, where it named none", {}, {}],
    ["nothing, where it cannot be read", { "Retry-After": "soon" }, {}],
  ])("puts a person off who met 429, with %s", async (_, headers, wait) => {
    on.scripted.script(saysBatch(() => says429(headers)));
    const putOff = { account: account(1), why: "Graph said 429", throttled: true, ...wait };
    expect(await read(1)).toEqual({ answers: [], later: [putOff] });
  });

  it("puts a person off whom Graph left out, or whose answer is no answer at all", async () => {
    on.scripted.script(
      saysBatch((url) => {
        if (url.includes("/p1/")) return undefined;
        return url.includes("/p2/") ? { status: "200" } : has();
      }),
    );
    const { answers, later } = await read(1, 2, 3);
    expect(answers).toMatchObject([{ kind: "read", account: account(3) }]);
    const why = "Graph left this person out of its answer";
    expect(later).toEqual([1, 2].map((n) => ({ account: account(n), why, throttled: false })));
  });

  it("is not asked for again, nor waited for: that is for the scan to decide", async () => {
    on.scripted.script(saysBatch(() => says429({ "Retry-After": "3" })));
    await read(1, 2);
    expect(on.scripted.received).toHaveLength(1);
    expect(on.clock.slept).toEqual([]);
  });

  it.each([
    ["the highest share of its limit that Graph names", ["0.85", "1.2", "0.9"], 1.2],
    ["one that only a single answer names", ["", "0.8", ""], 0.8],
    ["nothing where no share is a number", ["", "much", "0"], undefined],
  ])("tells %s", async (_, shares, pressure) => {
    on.scripted.script(
      saysBatch((url) => {
        const share = shares[Number(url.split("/")[2]?.slice(1))];
        return { ...has(), headers: share ? { "X-MS-Throttle-Limit-Percentage": share } : {} };
      }),
    );
    expect((await read(0, 1, 2)).pressure).toBe(pressure);
  });
});

describe("a person with more passkeys than fit on one page", () => {
  const at = (page: number) =>
    `${on.scripted.url}/v1.0/users/p1/authentication/fido2Methods?$skiptoken=${page}`;
  const firstPage = (next = at(2)) => ({
    status: 200,
    body: { value: [method({ id: "a", model: "first" })], "@odata.nextLink": next },
  });

  it("is read to the last page", async () => {
    on.scripted.script(
      only(1, firstPage()),
      says(200, { value: [], "@odata.nextLink": at(3) }),
      says(200, { value: [method({ id: "b", model: "second" })] }),
    );
    const { answers } = await read(1, 2);
    expect(answers).toContainEqual({
      kind: "read",
      account: account(1),
      passkeys: [expect.objectContaining({ model: "first" }), expect.objectContaining({ model: "second" })],
    });
    expect(answers).toHaveLength(2);
  });

  it("has each passkey once, also when it is shown on two pages", async () => {
    const [a, b] = [method({ id: "a", model: "first" }), method({ id: "b", model: "second" })];
    on.scripted.script(
      saysBatch(() => firstPage()),
      says(200, { value: [a, b, b] }),
    );
    const { answers } = await read(1);
    expect(answers).toMatchObject([{ passkeys: [{ model: "first" }, { model: "second" }] }]);
  });

  it.each([
    ["429", [refuses(429, "no", { "retry-after": "60" })], "Graph said 429", true, 60],
    ["503", [refuses(503, "no", { "retry-after": "5" })], "Graph said 503", false, 5],
    ["500", [refuses(500, "no")], "Graph said 500", false, undefined],
    ["two dropped connections", [drops, drops], "Graph did not answer", false, undefined],
  ] as const)(
    "is put off as a whole when a later page meets %s",
    async (_, scripts, why, throttled, seconds) => {
      on.scripted.script(only(1, firstPage()), ...scripts);
      const { answers, later } = await read(1, 2);
      const wait = seconds === undefined ? {} : { retryAfterSeconds: seconds };
      expect(later).toEqual([{ account: account(1), why, throttled, ...wait }]);
      expect(answers).toMatchObject([{ kind: "read", account: account(2) }]);
      expect(on.scripted.received).toHaveLength(1 + scripts.length);
    },
  );

  it.each([
    ["403", refuses(403, "no"), "failed"],
    ["a passkey that cannot be read", says(200, { value: [method({ aaGuid: "{}" })] }), "failed"],
  ])("is not known by the first page alone when the second meets %s", async (_, script, kind) => {
    on.scripted.script(
      saysBatch(() => firstPage()),
      script,
    );
    expect((await read(1)).answers).toEqual([expect.objectContaining({ kind, account: account(1) })]);
  });

  it("is put off when the second page is gone: the next answer tells whether the person is", async () => {
    on.scripted.script(
      saysBatch(() => firstPage()),
      refuses(404, "no"),
    );
    expect(await read(1)).toMatchObject({ answers: [], later: [{ account: account(1), throttled: false }] });
  });

  it("is looked for at Graph only: another host would be sent our token", async () => {
    on.scripted.script(saysBatch(() => firstPage("https://evil.example/v1.0/x")));
    expect((await read(1)).answers).toMatchObject([{ kind: "failed" }]);
    expect(on.scripted.received).toHaveLength(1);
  });

  it("is unread when the pages go round in a circle", async () => {
    const page = says(200, { value: [], "@odata.nextLink": at(2) });
    on.scripted.script(
      saysBatch(() => firstPage()),
      page,
      page,
    );
    expect((await read(1)).answers).toMatchObject([
      { kind: "failed", why: expect.stringContaining("circle") },
    ]);
    expect(on.scripted.received).toHaveLength(2);
  });
});
