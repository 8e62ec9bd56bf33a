import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountPage } from "../../src/core/ports.js";
import { changedAccounts } from "../../src/graph/changed-accounts.js";
import { type ScriptedAppGraph, scriptedAppGraph } from "./scripted-app-graph.js";
import { drops, refuses, type Script, says } from "./scripted-graph.js";
import { type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const SINCE = "2026-11-20T09:30:00.123Z";
const QUESTIONS = [
  "loggedByService eq 'Authentication Methods'",
  "activityDisplayName eq 'Add FIDO2 security key'",
  "activityDisplayName eq 'Delete FIDO2 security key(s)'",
  "activityDisplayName eq 'Enable account'",
  "activityDisplayName eq 'Delete user'",
  "activityDisplayName eq 'Restore user'",
  "activityDisplayName eq 'Add Passkey (device-bound)'",
  "activityDisplayName eq 'Delete Passkey (device-bound)'",
  "activityDisplayName eq 'Add Passkey (synced)'",
  "activityDisplayName eq 'Delete Passkey (synced)'",
];

let signIn: SimulatedSignIn;
let on: ScriptedAppGraph;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterAll(() => signIn.entra.close());
beforeEach(async () => {
  on = await scriptedAppGraph(signIn);
});
afterEach(() => on.scripted.close());

const changed = (next?: string) => changedAccounts(on.graph, SINCE, next);
const badRequest = () => refuses(400, "Request_BadRequest");
const paths = () => on.scripted.received.map(({ path }) => path);
const asks = (filter: string) => `${AUDITS}?$filter=${filter} and activityDateTime ge ${SINCE}&$top=999`;

const user = (n: number) => ({ id: `P${n}`, type: "User", displayName: `Person ${n}` });
const person = (n: number) => ({ id: `p${n}`, name: `Person ${n}`, isAdmin: false });
const entry = (...targetResources: object[]) => ({ activityDisplayName: "x", targetResources });
const page = (rows: object[], next?: string): Script =>
  says(200, { value: rows, ...(next === undefined ? {} : { "@odata.nextLink": next }) });

/** Every page, as the scan reads them: from the first until none follows. */
async function allPages(): Promise<readonly AccountPage[]> {
  const pages: AccountPage[] = [];
  for (let next: string | undefined; pages.length === 0 || next !== undefined; ) {
    const got = await changed(next);
    pages.push(got);
    next = got.next;
  }
  return pages;
}

describe("changedAccounts", () => {
  it("asks for every sort of entry at once, from that moment on", async () => {
    on.scripted.script(page([entry(user(1)), entry(user(2))]));
    expect(await changed()).toEqual({ people: [person(1), person(2)] });
    expect(paths()).toEqual([asks(`(${QUESTIONS.join(" or ")})`)]);
  });

  it("sends the filter encoded, so that no part of it is taken for another option", async () => {
    on.scripted.script(page([]));
    await changed();
    const query = new URL(`https://x${on.scripted.received[0]?.encoded}`).searchParams;
    expect([...query.keys()]).toEqual(["$filter", "$top"]);
    expect(query.get("$filter")).toBe(`(${QUESTIONS.join(" or ")}) and activityDateTime ge ${SINCE}`);
  });

  it("goes through the pages of that question, and then is done", async () => {
    const next = `${on.scripted.url}${AUDITS}?$filter=${encodeURIComponent(
      `(${QUESTIONS.join(" or ")}) and activityDateTime ge ${SINCE}`,
    )}&$top=999&$skiptoken=2`;
    on.scripted.script(page([entry(user(1))], next), page([entry(user(2))]));
    expect(await allPages()).toEqual([{ people: [person(1)], next: `0 ${next}` }, { people: [person(2)] }]);
  });

  it("takes a next link that does not repeat the question for one of that question", async () => {
    on.scripted.script(
      page([entry(user(1))], `${on.scripted.url}${AUDITS}?$skiptoken=opaque`),
      page([entry(user(2))]),
    );
    expect((await allPages()).flatMap(({ people }) => people)).toEqual([person(1), person(2)]);
  });

  it("names people only: not devices, apps, groups or the policy", async () => {
    const others = ["Device", "Policy", "Group", "ServicePrincipal", "Application", null].map((type, n) => ({
      ...user(10 + n),
      type,
    }));
    on.scripted.script(page([entry(...others, user(1)), entry(), entry({ ...user(2), type: "user" })]));
    expect((await changed()).people).toEqual([person(1), person(2)]);
  });

  it("looks up who is named without an id, and leaves out who is gone since", async () => {
    on.scripted.script(
      page([
        entry({ id: null, type: "User", userPrincipalName: "ada@x" }),
        entry({ id: "", type: "User", userPrincipalName: "bob@x" }),
        entry({ type: "User", userPrincipalName: "ada@x" }),
      ]),
      (response, request) => says(200, { id: "P7", displayName: request.path })(response, request),
      refuses(404, "Request_ResourceNotFound"),
    );
    const { people } = await changed();
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ id: "p7", isAdmin: false });
    expect(paths().slice(1).sort()).toEqual([
      "/v1.0/users/ada@x?$select=id,displayName",
      "/v1.0/users/bob@x?$select=id,displayName",
    ]);
  });

  it("takes whoever did it where no target is named, and counts an entry where nobody is", async () => {
    const unnamed = entry({ id: null, type: "User" });
    on.scripted.script(page([{ ...unnamed, initiatedBy: { user: { id: "P9" }, app: null } }]));
    expect((await changed()).people).toEqual([{ id: "p9", name: "P9", isAdmin: false }]);
    on.scripted.script(page([{ ...unnamed, initiatedBy: { user: null } }]));
    expect(await changed()).toEqual({ people: [], odd: 1 });
  });

  it("loses none of the others by an entry that cannot be read", async () => {
    const odd = [null, "text", {}, { targetResources: [{ id: 7, type: "User" }] }];
    on.scripted.script(page([entry(user(1)), ...(odd as never[]), entry(user(2))]));
    expect(await changed()).toMatchObject({ people: [{ id: "p1" }, { id: "p2" }], odd: 4 });
  });

  it.each([
    ["name", { displayName: "Ada", userPrincipalName: "ada@x" }, "Ada"],
    ["address, where there is no name", { displayName: null, userPrincipalName: "ada@x" }, "ada@x"],
    ["id, where there is neither", { displayName: "" }, "P1"],
  ])("calls somebody by their %s", async (_, target, name) => {
    on.scripted.script(page([entry({ id: "P1", type: "User", ...target })]));
    expect((await changed()).people).toEqual([{ id: "p1", name, isAdmin: false }]);
  });

  it.each([
    ["is denied", refuses(403, "no"), "graph-denied"],
    [
      "needs a licence",
      refuses(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"),
      "graph-no-licence",
    ],
    ["is throttled", refuses(429, "no"), "graph-throttled"],
    ["is no list", says(200, { value: {} }), "graph-unreadable"],
  ])("fails, and asks nothing else, when the log %s", async (_, script, code) => {
    on.scripted.script(script);
    await expect(changed()).rejects.toMatchObject({ code });
    expect(on.scripted.received).toHaveLength(1);
  });

  it("fails, and asks nothing else, when the log's connection breaks twice", async () => {
    on.scripted.script(drops, drops);
    await expect(changed()).rejects.toMatchObject({ code: "graph-unreachable" });
    expect(new Set(on.scripted.received.map(({ path }) => path)).size).toBe(1);
  });
});

describe("changedAccounts, where the log takes no filter with 'or'", () => {
  it("puts one question after the other, each from that moment on", async () => {
    on.scripted.script(badRequest(), ...QUESTIONS.map((_, n) => page([entry(user(n))])));
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual(QUESTIONS.map((_, n) => person(n)));
    expect(paths().slice(1)).toEqual(QUESTIONS.map(asks));
  });

  it("reads every page of a question before the next question", async () => {
    const at = (question: number, skip: number) =>
      `${on.scripted.url}${AUDITS}?$filter=${encodeURIComponent(
        `${QUESTIONS[question]} and activityDateTime ge ${SINCE}`,
      )}&$top=999&$skiptoken=${skip}`;
    on.scripted.script(
      badRequest(),
      page([entry(user(1))], at(0, 2)),
      page([entry(user(2))], at(0, 3)),
      page([entry(user(3))]),
      page([]),
      page([entry(user(4))], at(2, 2)),
      page([entry(user(5))]),
      page([]),
      page([]),
      page([entry(user(6))]),
      ...QUESTIONS.slice(6).map(() => page([])),
    );
    const pages = await allPages();
    expect(pages.flatMap(({ people }) => people)).toEqual([1, 2, 3, 4, 5, 6].map(person));
    expect(on.scripted.received).toHaveLength(10 + QUESTIONS.slice(6).length);
  });

  it("understands Graph's own spelling of a question in a link: spaces as plus, names not encoded", async () => {
    const filter = `${QUESTIONS[0]} and activityDateTime ge ${SINCE}`.replaceAll(" ", "+");
    on.scripted.script(
      badRequest(),
      page([entry(user(1))], `${on.scripted.url}${AUDITS}?$filter=${filter}&$top=999&$skiptoken=2`),
      ...QUESTIONS.map((_, n) => page([entry(user(2 + n))])),
    );
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("puts the questions that follow also when a link does not repeat the one it belongs to", async () => {
    on.scripted.script(
      badRequest(),
      page([entry(user(1))], `${on.scripted.url}${AUDITS}?$top=999&$skiptoken=opaque`),
      ...QUESTIONS.map((_, n) => page([entry(user(2 + n))])),
    );
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("fails when one of the questions does: entries nobody asked for are not taken for none", async () => {
    on.scripted.script(badRequest(), page([entry(user(1))]), badRequest());
    await expect(allPages()).rejects.toMatchObject({ code: "graph-bad-request" });
  });

  it.each([
    ["a name Graph does not take", badRequest()],
    ["an answer that cannot be read", says(200, { id: 7 })],
  ])("counts an entry as odd where looking its person up gives %s", async (_, answer) => {
    const nameless = { type: "User", userPrincipalName: "who?@example.com" };
    on.scripted.script(page([entry(nameless), entry(user(1))]), answer);
    expect(await changed()).toEqual({ people: [person(1)], odd: 1 });
  });
});
