import { describe, expect, it } from "vitest";
import { changedAccounts } from "../../src/graph/changed-accounts.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import {
  AUDITS,
  allPages,
  entry,
  lookUp,
  naming,
  page,
  person,
  QUESTIONS,
  SINCE,
  user,
} from "./scripted-audit-log.js";
import { drops, refuses, says } from "./scripted-graph.js";

const on = scriptedAppGraphForEach();

const changed = (next?: string) => changedAccounts(on.graph, SINCE, next);
const badRequest = () => refuses(400, "Request_BadRequest");
const paths = () => on.scripted.received.map(({ path }) => path);
const asks = (filter: string) => `${AUDITS}?$filter=${filter} and activityDateTime ge ${SINCE}&$top=999`;

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
    expect(await allPages(on.graph)).toEqual([
      { people: [person(1)], next: `0 ${next}` },
      { people: [person(2)] },
    ]);
  });

  it("takes a next link that does not repeat the question for one of that question", async () => {
    on.scripted.script(
      ...naming([entry(user(1))], `${on.scripted.url}${AUDITS}?$skiptoken=opaque`),
      ...naming([entry(user(2))]),
    );
    expect((await allPages(on.graph)).flatMap(({ people }) => people)).toEqual([person(1), person(2)]);
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
