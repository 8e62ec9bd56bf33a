import { beforeEach, describe, expect, it } from "vitest";
import type { TenantReader } from "../../src/core/ports.js";
import { tenantReader } from "../../src/graph/tenant-reader.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { refuses, says } from "./scripted-graph.js";

const on = scriptedAppGraphForEach();
let reader: TenantReader;
beforeEach(() => {
  reader = tenantReader(on.graph);
});

describe("readPolicy", () => {
  it("gives the configuration exactly as Graph sent it, properties we do not know included", async () => {
    const policy = { "@odata.context": "c", id: "Fido2", later: { deep: [1, null, "x"] } };
    on.scripted.script(says(200, policy));
    expect(await reader.readPolicy()).toEqual(policy);
    expect(on.scripted.received[0]?.path).toBe(
      "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2",
    );
  });

  it("asks for every word of an enumeration, those added later included", async () => {
    on.scripted.script(says(200, { id: "Fido2" }));
    await reader.readPolicy();
    expect(on.scripted.received[0]?.headers.prefer).toBe("include-unknown-enum-members");
  });

  it.each(['"text"', "[]", "null"])("refuses %s, which is no configuration", async (body) => {
    on.scripted.script(says(200, body));
    await expect(reader.readPolicy()).rejects.toMatchObject({ code: "graph-unreadable" });
  });
});

describe("policyWritersSince", () => {
  const since = "2026-11-22T09:00:00.000Z";
  const entry = (initiatedBy: object, more: object = {}) => ({
    activityDateTime: "2026-11-22T09:30:00.1234567Z",
    result: "success",
    initiatedBy,
    ...more,
  });

  it("asks for what is logged of the policy from that moment on, whatever the rest of its name", async () => {
    on.scripted.script(says(200, { value: [] }));
    expect(await reader.policyWritersSince(since)).toEqual([]);
    expect(on.scripted.received.map((request) => request.path)).toEqual([
      `/v1.0/auditLogs/directoryAudits?$filter=startswith(activityDisplayName,'Authentication Methods Policy') and activityDateTime ge ${since}&$top=50`,
    ]);
  });

  it.each([
    ["a person by name", { user: { id: "ABC", displayName: "Ada", userPrincipalName: "a@b" } }, "Ada", "abc"],
    [
      "a person by address",
      { user: { id: "ABC", displayName: null, userPrincipalName: "a@b" } },
      "a@b",
      "abc",
    ],
    ["a person by id", { user: { id: "ABC" }, app: null }, "ABC", "abc"],
    ["an app", { user: null, app: { displayName: "CI", appId: "1" } }, "CI", undefined],
    ["nobody", { user: null, app: null }, "someone the audit log does not name", undefined],
  ])("names %s", async (what, initiatedBy, name, id) => {
    on.scripted.script(says(200, { value: [entry(initiatedBy)] }));
    const at = "2026-11-22T09:30:00.123Z";
    const isApp = what === "an app" ? { isApp: true } : {};
    expect(await reader.policyWritersSince(since)).toEqual([{ name, at, ...(id ? { id } : {}), ...isApp }]);
  });

  it("leaves out an attempt that failed: it wrote nothing", async () => {
    on.scripted.script(says(200, { value: [entry({ user: { id: "a" } }, { result: "failure" })] }));
    expect(await reader.policyWritersSince(since)).toEqual([]);
  });

  it.each([
    ["no initiator", entry({}, { initiatedBy: null }), "2026-11-22T09:30:00.123Z"],
    ["an id that is none", entry({ user: { id: 7 } }), "2026-11-22T09:30:00.123Z"],
    ["no time", entry({ user: { id: "abc" } }, { activityDateTime: "soon" }), since],
    ["nothing in it", null, since],
  ])(
    "an entry with %s stays a write, by a writer who is not known, and costs no other",
    async (_, odd, at) => {
      const good = entry({ user: { id: "ABC", displayName: "Ada" } });
      on.scripted.script(says(200, { value: [odd, good] }));
      const [unread, read] = await reader.policyWritersSince(since);
      expect(unread).toEqual({ name: expect.stringContaining("could not be read"), at, isUnread: true });
      expect(read).toMatchObject({ name: "Ada", id: "abc" });
    },
  );

  it("a name that is none costs only the name", async () => {
    on.scripted.script(says(200, { value: [entry({ user: { id: "ABC", displayName: 7 } })] }));
    expect(await reader.policyWritersSince(since)).toMatchObject([{ name: "ABC", id: "abc" }]);
  });

  it("tells a tenant without a licence from one that denies", async () => {
    on.scripted.script(refuses(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"));
    await expect(reader.policyWritersSince(since)).rejects.toMatchObject({ code: "graph-no-licence" });
  });
});
