import { beforeEach, describe, expect, it } from "vitest";
import { groupId, personId } from "../../src/core/person.js";
import type { Directory } from "../../src/core/ports.js";
import { directory } from "../../src/graph/directory.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { refuses, says } from "./scripted-graph.js";

const ada = personId("ADA-1");
const staff = groupId("STAFF-1");

const on = scriptedAppGraphForEach();
let people: Directory;
beforeEach(() => {
  people = directory(on.graph);
});

/** Path of the first request, and the header that reads by index need. */
function asked() {
  const [request] = on.scripted.received;
  return [request?.path, request?.headers.consistencylevel];
}

describe("person", () => {
  it("is the account with this id, by its name or else by its id", async () => {
    on.scripted.script(
      says(200, { id: "ADA-1", displayName: "Ada" }),
      says(200, { id: "ADA-1", displayName: null }),
    );
    expect(await people.person(ada)).toEqual({ id: "ada-1", name: "Ada" });
    expect(await people.person(ada)).toEqual({ id: "ada-1", name: "ADA-1" });
    expect(asked()).toEqual(["/v1.0/users/ada-1?$select=id,displayName", undefined]);
  });

  it("is nobody only when Graph says that there is none", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"), refuses(403, "no"));
    expect(await people.person(ada)).toBeUndefined();
    await expect(people.person(ada)).rejects.toMatchObject({ code: "graph-denied" });
  });
});

describe("people", () => {
  const grace = personId("grace-1");

  it("are those of the accounts that the tenant has, looked up in one request", async () => {
    on.scripted.script(says(200, { value: [{ id: "ADA-1", displayName: null }] }));
    expect(await people.people([ada, grace])).toEqual(new Map([[ada, { id: ada, name: "ADA-1" }]]));
    expect(asked()).toEqual([
      "/v1.0/users?$filter=id eq 'ada-1' or id eq 'grace-1'&$select=id,displayName",
      undefined,
    ]);
  });

  it("are asked for by 15 in a request, which is what a filter takes, and nobody by none", async () => {
    const ids = Array.from({ length: 16 }, (_, n) => personId(`p-${n}`));
    on.scripted.script(says(200, { value: [] }), says(200, { value: [{ id: "p-15", displayName: "Last" }] }));
    expect([...(await people.people(ids)).keys()]).toEqual(["p-15"]);
    expect(on.scripted.received.map(({ path }) => path.match(/p-\d+/g)?.length).sort()).toEqual([1, 15]);
    expect((await people.people([])).size).toBe(0);
    expect(on.scripted.received).toHaveLength(2);
  });

  it("are read to the last page: who is not among them is not there", async () => {
    const next = `${on.scripted.url}/v1.0/users?$skiptoken=2`;
    on.scripted.script(
      says(200, { value: [], "@odata.nextLink": next }),
      says(200, { value: [{ id: "GRACE-1", displayName: "Grace" }] }),
    );
    expect([...(await people.people([ada, grace])).keys()]).toEqual([grace]);
  });

  it.each([
    ["Graph says no", refuses(403, "no"), "graph-denied"],
    ["one of them cannot be read", says(200, { value: [{ id: "ada-1" }, { id: 7 }] }), "graph-unreadable"],
    ["there is no list", refuses(404, "Request_ResourceNotFound"), "graph-not-found"],
  ])("are not said to be gone where %s", async (_, script, code) => {
    on.scripted.script(script);
    await expect(people.people([ada, grace])).rejects.toMatchObject({ code });
  });
});

describe("signInName", () => {
  it("is the name by which the account signs in, or not known", async () => {
    on.scripted.script(
      says(200, { id: "ADA-1", userPrincipalName: "ada@example.com" }),
      says(200, { id: "ADA-1", userPrincipalName: null }),
      refuses(404, "Request_ResourceNotFound"),
      refuses(403, "no"),
    );
    expect(await people.signInName(ada)).toBe("ada@example.com");
    for (let at = 0; at < 2; at += 1) expect(await people.signInName(ada)).toBeUndefined();
    await expect(people.signInName(ada)).rejects.toMatchObject({ code: "graph-denied" });
    expect(asked()[0]).toBe("/v1.0/users/ada-1?$select=id,userPrincipalName");
  });
});

describe("isMember", () => {
  it("holds for the tenant's own people only, and not for an account of which Graph does not say", async () => {
    on.scripted.script(
      says(200, { id: "ADA-1", userType: "Member" }),
      says(200, { id: "ADA-1", userType: "Guest" }),
      says(200, { id: "ADA-1", userType: null }),
      refuses(404, "Request_ResourceNotFound"),
      refuses(403, "no"),
    );
    expect(await people.isMember(ada)).toBe(true);
    for (let at = 0; at < 3; at += 1) expect(await people.isMember(ada)).toBe(false);
    await expect(people.isMember(ada)).rejects.toMatchObject({ code: "graph-denied" });
    expect(asked()[0]).toBe("/v1.0/users/ada-1?$select=id,userType");
  });
});

describe("holdersOf", () => {
  const role = "ABC-1";
  const member = (type: string, id: string) => ({ "@odata.type": `#microsoft.graph.${type}`, id });

  it("are the people it is assigned to, and those in groups that it is assigned to", async () => {
    on.scripted.script(
      says(200, { value: [member("user", "ADA-1"), member("group", "STAFF-1")] }),
      says(200, { value: [{ id: "GRACE-1", userType: "Member" }] }),
    );
    expect(await people.holdersOf(role)).toEqual(new Set(["ada-1", "grace-1"]));
    expect(on.scripted.received.map(({ path }) => path)).toEqual([
      "/v1.0/directoryRoles(roleTemplateId='ABC-1')/members?$select=id",
      "/v1.0/groups/staff-1/transitiveMembers/microsoft.graph.user?$select=id,userType&$count=true&$top=999",
    ]);
  });

  it("are none of a role that is not there, and not known when Graph refuses", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"), refuses(403, "no"));
    expect(await people.holdersOf(role)).toEqual(new Set());
    await expect(people.holdersOf(role)).rejects.toMatchObject({ code: "graph-denied" });
  });

  it("are not known where Graph does not say what a member is: a group taken for a person would hide its people", async () => {
    on.scripted.script(says(200, { value: [member("user", "ADA-1"), { id: "STAFF-1" }] }));
    await expect(people.holdersOf(role)).rejects.toMatchObject({ name: "Fault" });
  });

  it("are those of the other groups where one is gone by now, and not known where one cannot be read", async () => {
    const inGroups = { value: [member("group", "GONE-1"), member("user", "ADA-1")] };
    on.scripted.script(
      says(200, inGroups),
      refuses(404, "Request_ResourceNotFound"),
      says(200, inGroups),
      refuses(403, "no"),
    );
    expect(await people.holdersOf(role)).toEqual(new Set(["ada-1"]));
    await expect(people.holdersOf(role)).rejects.toMatchObject({ code: "graph-denied" });
  });
});

describe("activeRoles", () => {
  it("asks for roles held directly or through a group, and gives template ids in lower case", async () => {
    on.scripted.script(says(200, { value: [{ roleTemplateId: "ABC-1", displayName: "Global Reader" }] }));
    expect(await people.activeRoles(ada)).toEqual([{ templateId: "abc-1", name: "Global Reader" }]);
    expect(asked()).toEqual([
      "/v1.0/users/ada-1/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId&$count=true",
      "eventual",
    ]);
  });

  it("asks once for those who ask at the same time, and again for who asks afterwards", async () => {
    on.scripted.script(
      says(200, { value: [{ roleTemplateId: "abc-1", displayName: "Global Reader" }] }),
      says(200, { value: [] }),
    );
    const [first, second] = await Promise.all([people.activeRoles(ada), people.activeRoles(ada)]);
    expect(second).toEqual(first);
    expect(first).toHaveLength(1);
    expect(await people.activeRoles(ada)).toEqual([]);
  });

  it("gives none for a person who does not exist", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"));
    expect(await people.activeRoles(ada)).toEqual([]);
  });

  it.each([403, 500])("fails when Graph says %i: no roles is an answer, not a guess", async (status) => {
    on.scripted.script(refuses(status, "no"));
    await expect(people.activeRoles(ada)).rejects.toMatchObject({ status });
  });

  it("fails on a role without its template id", async () => {
    on.scripted.script(says(200, { value: [{ displayName: "Global Administrator" }] }));
    await expect(people.activeRoles(ada)).rejects.toMatchObject({ code: "graph-unreadable" });
  });

  it("cannot be led astray by an id with a slash in it", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"));
    await people.activeRoles(personId("me/../x?"));
    expect(on.scripted.received[0]?.encoded).toMatch(
      /^\/v1\.0\/users\/me%2F\.\.%2Fx%3F\/transitiveMemberOf\//,
    );
  });
});

describe("groups", () => {
  it("of a person include nested ones, with ids in lower case", async () => {
    on.scripted.script(says(200, { value: [{ id: "G-1" }, { id: "g-2" }] }));
    expect(await people.groupsOf(ada)).toEqual(new Set(["g-1", "g-2"]));
    expect(asked()).toEqual([
      "/v1.0/users/ada-1/transitiveMemberOf/microsoft.graph.group?$select=id&$count=true",
      "eventual",
    ]);
  });

  it("of a person who does not exist are none", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"));
    expect(await people.groupsOf(ada)).toEqual(new Set());
  });

  it("are found by exactly their name, ignoring case, whatever is in it", async () => {
    const name = "O'Brien & co? #1 https://x";
    on.scripted.script(
      says(200, {
        value: [
          { id: "G-1", displayName: "o'brien & CO? #1 https://x" },
          { id: "g-2", displayName: "O'Brien & co" },
        ],
      }),
    );
    expect(await people.groupsNamed(name)).toMatchObject([{ id: "g-1", name: "o'brien & CO? #1 https://x" }]);
    expect(asked()[0]).toBe(
      "/v1.0/groups?$filter=displayName eq 'O''Brien & co? #1 https://x'&$select=id,displayName,securityEnabled,mailEnabled,groupTypes,mail,description,createdDateTime",
    );
  });

  it("are people by the beginning of a name, whatever is in it", async () => {
    on.scripted.script(says(200, { value: [{ id: "P-1", displayName: "O'Brien" }, { odd: true }] }));
    expect(await people.peopleNamed("O'Br&")).toEqual([{ id: "p-1", name: "O'Brien" }]);
    expect(asked()[0]).toBe(
      "/v1.0/users?$filter=startswith(displayName,'O''Br&') or startswith(userPrincipalName,'O''Br&')&$select=id,displayName&$top=25",
    );
  });

  it.each([
    ["a security group", { securityEnabled: true, mailEnabled: false, groupTypes: [] }, "security", true],
    ["one with mail", { securityEnabled: true, mailEnabled: true, groupTypes: [] }, "security", true],
    ["a team's group", { securityEnabled: false, groupTypes: ["Unified"] }, "microsoft-365", false],
    ["a team's group with rights", { securityEnabled: true, groupTypes: ["Unified"] }, "microsoft-365", true],
    [
      "a distribution list",
      { securityEnabled: false, mailEnabled: true, groupTypes: [] },
      "distribution",
      false,
    ],
  ])("tell their name and kind: %s", async (_, facts, kind, securityEnabled) => {
    on.scripted.script(says(200, { id: "STAFF-1", displayName: "Staff", mail: "staff@x.test", ...facts }));
    expect(await people.group(staff)).toEqual({
      id: "staff-1",
      name: "Staff",
      kind,
      securityEnabled,
      mail: "staff@x.test",
    });
  });

  it("tell how many people are in them without reading these, or that Graph does not say", async () => {
    on.scripted.script(
      says(200, { "@odata.count": 36, value: [{ id: "p-1" }] }),
      says(200, { value: [{ id: "p-1" }] }),
    );
    expect(await people.countMembers(staff)).toBe(36);
    expect(asked()).toEqual([
      "/v1.0/groups/staff-1/transitiveMembers/microsoft.graph.user?$select=id&$count=true&$top=1",
      "eventual",
    ]);
    expect(await people.countMembers(groupId("other-1"))).toBeUndefined();
  });

  it("are counted once in five seconds, by all who ask, and anew after what was no answer", async () => {
    let now = 0;
    people = directory(on.graph, () => now);
    on.scripted.script(
      refuses(403, "no"),
      says(200, { "@odata.count": 36, value: [] }),
      says(200, { "@odata.count": 37, value: [] }),
    );
    await expect(people.countMembers(staff)).rejects.toMatchObject({ code: "graph-denied" });
    expect(await Promise.all([people.countMembers(staff), people.countMembers(staff)])).toEqual([36, 36]);
    now = 4_999;
    expect(await people.countMembers(staff)).toBe(36);
    now = 5_000;
    expect(await people.countMembers(staff)).toBe(37);
  });

  it("are asked for their name once a minute at most, and at once when one of them may be gone", async () => {
    let now = 0;
    people = directory(on.graph, () => now);
    on.scripted.script(
      says(200, { id: "staff-1", displayName: "Staff" }),
      says(200, { id: "staff-1", displayName: "All staff" }),
      refuses(404, "Request_ResourceNotFound"),
      refuses(404, "Request_ResourceNotFound"),
    );
    expect(await people.group(staff)).toMatchObject({ name: "Staff" });
    now = 59_999;
    expect(await people.group(staff)).toMatchObject({ name: "Staff" });
    now = 60_000;
    expect(await people.group(staff)).toMatchObject({ name: "All staff" });
    await expect(people.membersOf(staff)).rejects.toMatchObject({ code: "graph-not-found" });
    expect(await people.group(staff)).toBeUndefined();
  });

  it("have no name when they do not exist", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"));
    expect(await people.group(staff)).toBeUndefined();
  });

  it("tell everyone in them, page by page", async () => {
    const next = { "@odata.nextLink": `${on.scripted.url}/v1.0/groups/staff-1/next?$skiptoken=x` };
    on.scripted.script(
      says(200, { value: [{ id: "P-1", userType: null }], ...next }),
      says(200, { value: [{ id: "p-2", userType: "Guest" }] }),
    );
    const members = await people.membersOf(staff);
    expect([...members]).toEqual(["p-1", "p-2"]);
    expect([...(members.guests ?? [])]).toEqual(["p-2"]);
    expect(asked()).toEqual([
      "/v1.0/groups/staff-1/transitiveMembers/microsoft.graph.user?$select=id,userType&$count=true&$top=999",
      "eventual",
    ]);
  });

  describe("of the whole tenant", () => {
    const link = (nth: number) => `${on.scripted.url}/v1.0/groups?$skiptoken=${nth}`;
    const page = (nth: number, next?: number) =>
      says(200, {
        value: [{ id: `G-${nth}`, displayName: `Group ${nth}` }],
        ...(next === undefined ? {} : { "@odata.nextLink": link(next) }),
      });

    it("are listed by name, page by page", async () => {
      on.scripted.script(page(1, 2), says(200, { value: [{ id: "g-2", displayName: null }] }));
      expect(await people.allGroups()).toEqual({
        groups: [
          { id: "g-1", name: "Group 1" },
          { id: "g-2", name: "" },
        ],
        isComplete: true,
      });
      expect(asked()[0]).toBe("/v1.0/groups?$select=id,displayName&$top=999");
    });

    it("are listed without one that cannot be read, which is said", async () => {
      on.scripted.script(says(200, { value: [{ displayName: "No id" }, { id: "G-1", displayName: "One" }] }));
      expect(await people.allGroups()).toEqual({ groups: [{ id: "g-1", name: "One" }], isComplete: false });
    });

    it("are listed as far as 20 pages go, or 6 seconds", async () => {
      on.scripted.script(...Array.from({ length: 20 }, (_, at) => page(at + 1, at + 2)));
      const many = await people.allGroups();
      expect(many.groups).toHaveLength(20);
      expect(many.isComplete).toBe(false);
      let now = 0;
      const slow = directory(on.graph, () => {
        now += 4_000;
        return now;
      });
      on.scripted.script(page(1, 2), page(2, 3));
      expect(await slow.allGroups()).toMatchObject({
        groups: [{ id: "g-1" }, { id: "g-2" }],
        isComplete: false,
      });
    });
  });

  it("that do not exist have no members to tell: that is a fault, not an empty group", async () => {
    on.scripted.script(refuses(404, "Request_ResourceNotFound"));
    await expect(people.membersOf(staff)).rejects.toMatchObject({ code: "graph-not-found" });
  });
});
