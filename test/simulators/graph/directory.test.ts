import { describe, expect, test } from "vitest";
import { ROLE } from "../../../simulators/tenant/directory-roles.js";
import { SAMPLE_GROUPS } from "../../../simulators/tenant/sample-groups.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { sharedSimulators } from "./shared-simulators.js";

const { ada, grace, alan, hedy } = SAMPLE_PEOPLE;
const EVENTUAL = { ConsistencyLevel: "eventual" };
const shared = sharedSimulators({ people: 40 });

const get = (path: string, headers = {}) => shared().get(path, shared().app, headers);
/** Every page of an answer. */
async function all(path: string, headers = {}) {
  const rows: Readonly<Record<string, unknown>>[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const { body, status } = await get(next, headers);
    expect(status).toBe(200);
    rows.push(...body.value);
    next = body["@odata.nextLink"];
  }
  return { rows, pages };
}

describe("users", () => {
  test("are listed in pages that follow each other, nobody twice, nobody left out", async () => {
    const { rows, pages } = await all("/v1.0/users?$select=id&$top=7");
    const living = [...shared().tenant.users.values()].filter((user) => !user.deleted);
    expect(rows.map((row) => row.id).sort()).toEqual(living.map((user) => user.id).sort());
    expect(pages).toBe(Math.ceil(living.length / 7));
    expect(Object.keys(rows[0] ?? {})).toEqual(["id"]);
  });

  test("come 100 to a page unless asked otherwise, at most 999", async () => {
    shared().graph.readings.directoryPageSize = 10;
    expect((await get("/v1.0/users")).body.value).toHaveLength(10);
    expect((await get("/v1.0/users?$top=1000")).status).toBe(400);
    expect((await get("/v1.0/users?$top=0")).status).toBe(400);
  });

  test("are filtered by accountEnabled, which is sent only when selected", async () => {
    const { rows } = await all(
      "/v1.0/users?$filter=accountEnabled eq true&$select=id,accountEnabled,userType",
    );
    expect(rows.every((row) => row.accountEnabled === true)).toBe(true);
    expect(rows.map((row) => row.userType)).toContain("Guest");
    const disabled = await all("/v1.0/users?$filter=accountEnabled eq false");
    expect(disabled.rows.length).toBeGreaterThan(0);
    expect(disabled.rows[0]).not.toHaveProperty("accountEnabled");
  });

  test("are filtered by up to 15 parts joined by or, and by more only through the index", async () => {
    const either = (parts: number) =>
      encodeURIComponent(Array.from({ length: parts }, (_, n) => `id eq '${n ? "" : ada.id}'`).join(" or "));
    const path = (parts: number) => `/v1.0/users?$filter=${either(parts)}&$select=id`;
    expect((await get(path(15))).body.value).toEqual([{ id: ada.id }]);
    const { status, body } = await get(path(16));
    expect([status, body.error.code]).toEqual([400, "Request_UnsupportedQuery"]);
    expect((await get(`${path(16)}&$count=true`, EVENTUAL)).status).toBe(200);
  });

  test.each([
    "$filter=jobTitle eq 'x'",
    "$filter=accountEnabled eq 'true'",
    "$filter=accountEnabled",
    "$filter=displayName eq Ada",
    "$filter=(accountEnabled eq true",
    "$filter=accountEnabled eq true)",
    "$skip=5",
    "$select=salary",
    "$orderby=displayName",
    "$skiptoken=abc",
  ])("refuse the query %s", async (query) => {
    expect((await get(`/v1.0/users?${query}`)).status).toBe(400);
  });

  test("a page's token belongs to its query", async () => {
    const { body } = await get("/v1.0/users?$select=id&$top=3");
    const token = new URL(String(body["@odata.nextLink"])).searchParams.get("$skiptoken");
    expect((await get(`/v1.0/users?$select=id&$top=3&$skiptoken=${token}`)).status).toBe(200);
    expect((await get(`/v1.0/users?$select=id&$top=4&$skiptoken=${token}`)).status).toBe(400);
  });

  test("are found by id in any case and by user principal name; else 404", async () => {
    const byId = await get(`/v1.0/users/${ada.id.toUpperCase()}?$select=displayName`);
    // What is not selected does not come: not even the id.
    expect(byId.body).toEqual({ "@odata.context": expect.any(String), displayName: "Ada Lovelace" });
    expect((await get("/v1.0/users/ada.lovelace@kestrelmarine.example")).body.id).toBe(ada.id);
    const deleted = [...shared().tenant.users.values()].find((user) => user.deleted);
    for (const id of [deleted?.id, "11111111-2222-4333-8444-555555555555"]) {
      const answer = await get(`/v1.0/users/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe("Request_ResourceNotFound");
    }
  });

  test("know themselves", async () => {
    const token = await shared().tokenFor(grace.id, "User.Read");
    expect((await shared().get("/v1.0/me", token)).body).toMatchObject({ id: grace.id });
  });
});

describe("memberships", () => {
  const rolesPath = (id: string) =>
    `/v1.0/users/${id}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`;

  test("a cast needs the header and $count", async () => {
    for (const [path, headers] of [
      [rolesPath(ada.id), {}],
      [rolesPath(ada.id).replace("?$count=true", ""), EVENTUAL],
      [`/v1.0/groups/${SAMPLE_GROUPS.pilot}/transitiveMembers/microsoft.graph.user`, {}],
    ] as const) {
      const answer = await get(path, headers);
      expect(answer.status).toBe(400);
      expect(answer.body.error.code).toBe("Request_UnsupportedQuery");
    }
  });

  test("roles held through a group count as held", async () => {
    const { body } = await get(`${rolesPath(ada.id)}&$select=displayName,roleTemplateId`, EVENTUAL);
    expect(body["@odata.count"]).toBe(1);
    expect(body.value).toEqual([
      expect.objectContaining({
        "@odata.type": "#microsoft.graph.directoryRole",
        displayName: "Security Reader",
        roleTemplateId: ROLE.securityReader,
      }),
    ]);
  });

  test("one's own roles can be read with User.Read alone", async () => {
    const token = await shared().tokenFor(grace.id, "User.Read");
    const path = "/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true";
    const { body } = await shared().get(path, token, EVENTUAL);
    expect(body.value).toMatchObject([{ roleTemplateId: ROLE.authenticationPolicyAdministrator }]);
  });

  test("an app without a permission for roles learns that there is one, not which", async () => {
    const { application } = shared().tenant.consents;
    application.delete("RoleManagement.Read.Directory");
    const { body } = await shared().get(rolesPath(ada.id), await shared().appToken(), EVENTUAL);
    expect(body.value).toMatchObject([{ displayName: null, roleTemplateId: null }]);
    application.add("RoleManagement.Read.Directory");
  });

  test("groups in groups are found from either end", async () => {
    const up = await get(
      `/v1.0/users/${alan.id}/transitiveMemberOf/microsoft.graph.group?$count=true&$select=id`,
      EVENTUAL,
    );
    expect(up.body.value.map((row) => row.id).sort()).toEqual(
      [SAMPLE_GROUPS.pilot, SAMPLE_GROUPS.pilotWave2].sort(),
    );
    const down = await all(
      `/v1.0/groups/${SAMPLE_GROUPS.pilot}/transitiveMembers/microsoft.graph.user?$count=true&$top=9`,
      EVENTUAL,
    );
    expect(down.rows.map((row) => row.id)).toContain(alan.id);
    expect(down.pages).toBeGreaterThan(2);
  });
});

describe("whom a role is assigned to", () => {
  const holders = (role: string, query = "") =>
    `/v1.0/directoryRoles(roleTemplateId='${role}')/members${query}`;

  test("are people and groups, each with its type, not the people in those groups nor who could activate it", async () => {
    const { rows } = await all(holders(ROLE.securityReader, "?$select=id"));
    expect(rows).toContainEqual({ "@odata.type": "#microsoft.graph.group", id: SAMPLE_GROUPS.securityTeam });
    expect(rows.map((row) => row.id)).not.toContain(hedy.id);
    const { rows: deciding } = await all(holders(ROLE.authenticationPolicyAdministrator, "?$select=id"));
    expect(deciding).toContainEqual({ "@odata.type": "#microsoft.graph.user", id: grace.id });
    expect(deciding.map((row) => row.id)).not.toContain(hedy.id);
  });

  test("come in pages whose size cannot be chosen", async () => {
    shared().graph.readings.directoryPageSize = 1;
    const { rows, pages } = await all(holders(ROLE.authenticationPolicyAdministrator, "?$select=id"));
    expect(rows.length).toBeGreaterThan(1);
    expect(pages).toBe(rows.length);
    expect((await get(holders(ROLE.securityReader, "?$top=5"))).status).toBe(400);
    expect((await get(holders(ROLE.securityReader, "?$count=true"))).status).toBe(400);
  });

  test("cannot be read of a role that was never given, but for the first administrator's", async () => {
    const never = await get(holders(ROLE.helpdeskAdministrator));
    expect([never.status, never.body.error.code]).toEqual([404, "Request_ResourceNotFound"]);
    const held = [...shared().tenant.users.values()].filter((user) =>
      user.roles.includes(ROLE.globalAdministrator),
    );
    for (const user of held) user.roles = [];
    expect((await get(holders(ROLE.globalAdministrator))).body.value).toEqual([]);
    for (const user of held) user.roles = [ROLE.globalAdministrator];
  });
});

describe("groups", () => {
  const named = async (literal: string) =>
    (
      await get(
        `/v1.0/groups?$filter=${encodeURIComponent(`displayName eq ${literal}`)}&$select=id,displayName`,
      )
    ).body.value;

  test("are found by name whatever its case, all of them", async () => {
    expect(await named("'contractors'")).toHaveLength(2);
    expect(await named("'Nobody'")).toEqual([]);
  });

  test("an apostrophe in a name has to be doubled", async () => {
    expect(await named("'Directors'' Office'")).toMatchObject([{ displayName: "Directors' Office" }]);
    const single = encodeURIComponent("displayName eq 'Directors' Office'");
    expect((await get(`/v1.0/groups?$filter=${single}`)).status).toBe(400);
  });

  test("are read by id; else 404", async () => {
    expect((await get(`/v1.0/groups/${SAMPLE_GROUPS.pilot}`)).body.displayName).toBe("Pilot");
    expect((await get(`/v1.0/groups/${ada.id}`)).status).toBe(404);
  });
});

describe("what is not simulated", () => {
  test("says so", async () => {
    expect((await get("/beta/users")).body.error.message).toContain("v1.0");
    expect((await get("/v1.0/applications")).status).toBe(400);
    const post = await fetch(`${shared().graph.url}/v1.0/users`, {
      method: "POST",
      headers: { Authorization: `Bearer ${shared().app}` },
    });
    expect(post.status).toBe(405);
  });
});
