import { describe, expect, it } from "vitest";
import type { AccountPage } from "../../src/core/ports.js";
import { changedAccounts } from "../../src/graph/changed-accounts.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { drops, refuses, type Script, says } from "./scripted-graph.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const SINCE = "2026-11-20T09:30:00.123Z";
const QUESTIONS = [
  "loggedByService eq 'Authentication Methods'",
  "loggedByService eq 'Device Registration Service'",
  "startswith(activityDisplayName,'Add Passkey')",
  "startswith(activityDisplayName,'Delete Passkey')",
  "startswith(activityDisplayName,'Add FIDO2')",
  "startswith(activityDisplayName,'Delete FIDO2')",
  "activityDisplayName eq 'Enable account'",
  "activityDisplayName eq 'Delete user'",
  "activityDisplayName eq 'Restore user'",
];

const on = scriptedAppGraphForEach();

const changed = (next?: string) => changedAccounts(on.graph, SINCE, next);
const badRequest = () => refuses(400, "Request_BadRequest");
const paths = () => on.scripted.received.map(({ path }) => path);
const logPaths = () => paths().filter((path) => path.startsWith(AUDITS));
const asks = (filter: string) => `${AUDITS}?$filter=${filter} and activityDateTime ge ${SINCE}&$top=999`;

const user = (n: number) => ({ id: `P${n}`, type: "User", displayName: `key ${n}` });
const person = (n: number) => ({ id: `p${n}`, name: `Person ${n}`, isAdmin: false });
const entry = (...targetResources: object[]) => ({ activityDisplayName: "x", targetResources });

/** The tenant: `P1` at `p1@x` is Person 1, and so on; `gone@x` and `key-7` are nobody. */
const asked = /(?:id eq 'P(\d+)'|userPrincipalName eq '[pP](\d+)@x')/g;
const lookUp: Script = (response, request) => {
  const numbers = [...request.path.matchAll(asked)].map(([, id, address]) => id ?? address);
  const value = numbers.map((n) => ({
    id: `P${n}`,
    displayName: `Person ${n}`,
    userPrincipalName: `p${n}@x`,
  }));
  says(200, { value })(response, request);
};
const page = (rows: object[], next?: string): Script =>
  says(200, { value: rows, ...(next === undefined ? {} : { "@odata.nextLink": next }) });
/** A page that names people, and the answer to who they are. */
const naming = (rows: object[], next?: string): readonly Script[] => [page(rows, next), lookUp];

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
  it("asks for every sort of entry at once, from that moment on, and looks up who they are about", async () => {
    on.scripted.script(...naming([entry(user(1)), entry(user(2)), entry(user(1))]));
    expect(await changed()).toEqual({ people: [person(1), person(2)] });
    expect(paths()).toEqual([
      asks(`(${QUESTIONS.join(" or ")})`),
      "/v1.0/users?$filter=id eq 'P1' or id eq 'P2'&$select=id,displayName,userPrincipalName",
    ]);
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
    on.scripted.script(...naming([entry(user(1))], next), ...naming([entry(user(2))]));
    expect(await allPages()).toEqual([{ people: [person(1)], next: `0 ${next}` }, { people: [person(2)] }]);
  });

  it("takes a next link that does not repeat the question for one of that question", async () => {
    on.scripted.script(
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$skiptoken=opaque`),
      ...naming([entry(user(2))]),
    );
    expect((await allPages()).flatMap(({ people }) => people)).toEqual([person(1), person(2)]);
  });

  it("fails, and asks nothing else, when the log's connection breaks twice", async () => {
    on.scripted.script(drops, drops);
    await expect(changed()).rejects.toMatchObject({ code: "graph-unreachable" });
    expect(new Set(paths()).size).toBe(1);
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
});

describe("whom changedAccounts names", () => {
  it("is people only: not devices, apps, groups or the policy", async () => {
    const others = ["Device", "Policy", "Group", "ServicePrincipal", "Application", null].map((type, n) => ({
      ...user(10 + n),
      type,
    }));
    on.scripted.script(
      ...naming([
        entry(...others, user(1)),
        ...others.slice(0, 5).map((one) => entry(one)),
        entry({ ...user(2), type: "user" }),
      ]),
    );
    expect(await changed()).toEqual({ people: [person(1), person(2)] });
  });

  it("is looked up fifteen at a time, each once however many entries name them", async () => {
    const numbers = Array.from({ length: 31 }, (_, n) => n);
    on.scripted.script(
      page([...numbers, ...numbers].map((n) => entry(user(n)))),
      ...[1, 2, 3].map(() => lookUp),
    );
    expect((await changed()).people).toEqual(numbers.map(person));
    const terms = paths()
      .slice(1)
      .map((path) => path.split(" or ").length);
    expect(terms.toSorted((a, b) => a - b)).toEqual([1, 15, 15]);
  });

  it("is told by the address where there is no id, or the id is a key's; who is gone is left out", async () => {
    on.scripted.script(
      page([
        entry({ id: null, type: "User", displayName: "key-3", userPrincipalName: "p3@x" }),
        entry({ id: "", type: "User", userPrincipalName: "gone@x" }),
        entry({ id: "key-4", type: "User", userPrincipalName: "P4@x" }),
        entry({ type: null, userPrincipalName: "p3@x" }),
      ]),
      lookUp,
      lookUp,
    );
    expect(await changed()).toEqual({ people: [person(3), person(4)] });
    expect(paths().slice(1)).toEqual([
      expect.stringContaining("$filter=id eq 'key-4'&"),
      expect.stringContaining(
        "$filter=userPrincipalName eq 'p3@x' or userPrincipalName eq 'gone@x' or userPrincipalName eq 'p4@x'&",
      ),
    ]);
  });

  it("stays a person to be asked about where nobody has that id: whether they are gone, their passkeys say", async () => {
    on.scripted.script(...naming([entry({ id: "Q1", type: "User", displayName: "key" })]));
    expect(await changed()).toEqual({ people: [{ id: "q1", name: "q1", isAdmin: false }] });
  });

  it("keeps a person who did it themselves and has another address since", async () => {
    const initiatedBy = { user: { id: "P5", userPrincipalName: "Old@x" }, app: null };
    const target = { id: null, type: "User", userPrincipalName: "old@x" };
    on.scripted.script(...naming([{ ...entry(target), initiatedBy }]));
    expect(await changed()).toEqual({ people: [person(5)] });
  });

  it.each([
    ["a target without id and address", entry({ id: null, type: "User" })],
    ["no target", { activityDisplayName: "Add Passkey (device-bound)" }],
    ["targets that are none", { activityDisplayName: "x", targetResources: 7 }],
    [
      "no target, by the other service",
      { loggedByService: "Device Registration Service", activityDisplayName: "Add Passkey (synced)" },
    ],
  ])("is who did it, where an entry has %s; without anyone it is counted", async (_, unnamed) => {
    on.scripted.script(...naming([{ ...unnamed, initiatedBy: { user: { id: "P9" }, app: null } }]));
    expect(await changed()).toEqual({ people: [person(9)] });
    on.scripted.script(page([{ ...unnamed, initiatedBy: { user: null } }]));
    expect(await changed()).toEqual({ people: [], odd: 1 });
    on.scripted.script(page([unnamed]));
    expect(await changed()).toEqual({ people: [], odd: 1 });
  });

  it("is not the administrator who did it to a person whom the entry does not name", async () => {
    const unnamed = { ...entry(), activityDisplayName: "Admin deleted security info" };
    on.scripted.script(page([{ ...unnamed, initiatedBy: { user: { id: "P9" } } }]));
    expect(await changed()).toEqual({ people: [], odd: 1 });
  });

  it("is nobody where an entry without a target is about the policy or a device", async () => {
    const initiatedBy = { user: { id: "P9" } };
    const rows = [
      { activityDisplayName: "Authentication Methods Policy Reset", targetResources: [], initiatedBy },
      { loggedByService: "Device Registration Service", activityDisplayName: "Register device", initiatedBy },
    ];
    on.scripted.script(page(rows));
    expect(await changed()).toEqual({ people: [] });
  });

  it("loses none of the others by an entry that cannot be read", async () => {
    const odd = [null, "text", {}, { targetResources: [{ id: 7, type: "User" }] }];
    on.scripted.script(...naming([entry(user(1)), ...(odd as never[]), entry(user(2))]));
    expect(await changed()).toEqual({ people: [person(1), person(2)], odd: 4 });
  });

  it.each([
    ["name", { displayName: "Ada", userPrincipalName: "ada@x" }, "Ada"],
    ["address, where there is no name", { displayName: null, userPrincipalName: "ada@x" }, "ada@x"],
    ["id, where there is neither", { displayName: "" }, "p1"],
  ])("is called by their %s", async (_, found, name) => {
    on.scripted.script(page([entry(user(1))]), says(200, { value: [{ id: "P1", ...found }] }));
    expect((await changed()).people).toEqual([{ id: "p1", name, isAdmin: false }]);
  });

  it.each([
    ["a name Graph does not take", badRequest()],
    ["an answer that cannot be read", says(200, { value: [{ id: 7 }] })],
    ["no right to ask", refuses(403, "no")],
  ])(
    "is counted as odd, of an entry with an address only, where looking it up gives %s",
    async (_, answer) => {
      const nameless = { type: "User", userPrincipalName: "who?@example.com" };
      on.scripted.script(page([entry(nameless)]), answer);
      expect(await changed()).toEqual({ people: [], odd: 1 });
    },
  );

  it("does not get lost with a name that cannot be looked up", async () => {
    on.scripted.script(page([entry(user(1))]), refuses(403, "no"));
    expect(await changed()).toEqual({ people: [{ id: "p1", name: "p1", isAdmin: false }] });
  });

  it("is asked for again with the page, where looking up is throttled", async () => {
    on.scripted.script(page([entry(user(1))]), refuses(429, "no"));
    await expect(changed()).rejects.toMatchObject({ code: "graph-throttled" });
  });
});

describe("changedAccounts, where the log takes no filter with 'or'", () => {
  it("puts one question after the other, each from that moment on", async () => {
    on.scripted.script(badRequest(), ...QUESTIONS.flatMap((_, n) => naming([entry(user(n))])));
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual(QUESTIONS.map((_, n) => person(n)));
    expect(logPaths().slice(1)).toEqual(QUESTIONS.map(asks));
  });

  it("reads every page of a question before the next question", async () => {
    const at = (question: number, skip: number) =>
      `${on.scripted.url}${AUDITS}?$filter=${encodeURIComponent(
        `${QUESTIONS[question]} and activityDateTime ge ${SINCE}`,
      )}&$top=999&$skiptoken=${skip}`;
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], at(0, 2)),
      ...naming([entry(user(2))], at(0, 3)),
      ...naming([entry(user(3))]),
      page([]),
      ...naming([entry(user(4))], at(2, 2)),
      ...naming([entry(user(5))]),
      page([]),
      page([]),
      ...naming([entry(user(6))]),
      ...QUESTIONS.slice(6).map(() => page([])),
    );
    const pages = await allPages();
    expect(pages.flatMap(({ people }) => people)).toEqual([1, 2, 3, 4, 5, 6].map(person));
    expect(logPaths()).toHaveLength(10 + QUESTIONS.slice(6).length);
  });

  it("understands Graph's own spelling of a question in a link: spaces as plus, names not encoded", async () => {
    const filter = `${QUESTIONS[0]} and activityDateTime ge ${SINCE}`.replaceAll(" ", "+");
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$filter=${filter}&$top=999&$skiptoken=2`),
      ...QUESTIONS.flatMap((_, n) => naming([entry(user(2 + n))])),
    );
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("puts the questions that follow also when a link does not repeat the one it belongs to", async () => {
    on.scripted.script(
      badRequest(),
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$top=999&$skiptoken=opaque`),
      ...QUESTIONS.flatMap((_, n) => naming([entry(user(2 + n))])),
    );
    const people = (await allPages()).flatMap((each) => each.people);
    expect(people).toEqual([1, ...QUESTIONS.map((_, n) => 2 + n)].map(person));
  });

  it("fails when one of the questions does: entries nobody asked for are not taken for none", async () => {
    on.scripted.script(badRequest(), ...naming([entry(user(1))]), badRequest());
    await expect(allPages()).rejects.toMatchObject({ code: "graph-bad-request" });
  });
});
