import { describe, expect, test } from "vitest";
import { ROLE } from "../../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const { ada, grace, linus, katherine, hedy, emmy, alan, emergency1 } = SAMPLE_PEOPLE;
const PASSKEYS = `/v1.0/users/${grace.id}/authentication/fido2Methods`;
const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const shared = sharedSimulators();

const write = (token: string) => shared().patchPolicy({ "@odata.type": ODATA_TYPE, state: "enabled" }, token);
const roles = (personId: string, ...wanted: string[]) => {
  const user = shared().tenant.users.get(personId);
  if (user !== undefined) user.roles = wanted;
};
/** A delegated token with any permissions, as if an administrator had consented to them. */
const delegated = async (personId: string, ...permissions: string[]) => {
  for (const one of permissions) shared().tenant.consents.delegated.add(one);
  const scope = permissions.map((one) => `https://graph.microsoft.com/${one}`).join(" ");
  return shared().tokenFor(personId, scope);
};

describe("tokens", () => {
  test("none, nonsense, forged, for another audience, expired: 401 in Graph's shape", async () => {
    const { entra, tenant, graph } = shared();
    const channelToken = await entra.issueChannelToken({ serviceUrl: "https://localhost/" });
    const sso = await entra.issueSsoToken(grace.id);
    const expired = await entra.issueSsoToken(grace.id, {
      audience: "https://graph.microsoft.com",
      expiresIn: -60,
      claims: { scp: "User.Read" },
    });
    const foreign = await entra.issueSsoToken(grace.id, {
      audience: "https://graph.microsoft.com",
      tenantId: "11111111-2222-4333-8444-555555555555",
    });
    for (const token of [
      "",
      "nonsense",
      `${shared().app.slice(0, -4)}AAAA`,
      channelToken,
      sso,
      expired,
      foreign,
    ]) {
      const answer = await shared().get(POLICY_PATH, token);
      expect(answer.status).toBe(401);
      expect(answer.body.error).toMatchObject({ code: "InvalidAuthenticationToken" });
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
    expect((await fetch(`${graph.url}/v1.0/me`)).status).toBe(401);
    expect(graph.requests.at(-1)).toMatchObject({ status: 401, caller: undefined });
    expect(tenant.policy.state).toBe("disabled");
  });

  test("of a person who was disabled since no longer count", async () => {
    const token = await shared().tokenFor(alan.id, "User.Read");
    const user = shared().tenant.users.get(alan.id);
    Object.assign(user ?? {}, { accountEnabled: false });
    expect((await shared().get("/v1.0/me", token)).status).toBe(401);
    Object.assign(user ?? {}, { accountEnabled: true });
  });
});

describe("writing the policy", () => {
  test("is denied to the app, whose permissions are read-only", async () => {
    const answer = await write(shared().app);
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    });
  });

  test.each([
    ["an Authentication Policy Administrator", grace.id, 204],
    ["another one", katherine.id, 204],
    ["a Global Administrator", emergency1.id, 204],
    ["a Security Reader", ada.id, 403],
    ["a Global Reader", linus.id, 403],
    ["an Authentication Administrator", emmy.id, 403],
    ["somebody who has not activated the role", hedy.id, 403],
    ["somebody without a role", alan.id, 403],
  ])("by %s", async (_, personId, status) => {
    expect((await write(await shared().tokenFor(personId))).status).toBe(status);
  });

  test("needs the permission as well as the role", async () => {
    expect((await write(await shared().tokenFor(grace.id, "User.Read"))).status).toBe(403);
    const readOnly = await delegated(grace.id, "Policy.Read.AuthenticationMethod");
    expect((await write(readOnly)).status).toBe(403);
  });

  test("follows the role of the moment, or the one the token was issued with", async () => {
    const token = await shared().tokenFor(hedy.id);
    roles(hedy.id, ROLE.authenticationPolicyAdministrator);
    expect((await write(token)).status).toBe(204);
    shared().graph.readings.rolesTakenFrom = "token";
    expect((await write(token)).status).toBe(403);
    roles(hedy.id);
  });

  test("by a Security Administrator is unverified, so either may be played", async () => {
    roles(alan.id, ROLE.securityAdministrator);
    const token = await shared().tokenFor(alan.id);
    expect((await write(token)).status).toBe(403);
    shared().graph.readings.securityAdministratorMayWrite = true;
    expect((await write(token)).status).toBe(204);
    roles(alan.id);
  });
});

describe("reading", () => {
  test("the policy takes a role, for a person", async () => {
    const status = async (personId: string) => {
      const token = await delegated(personId, "Policy.Read.AuthenticationMethod");
      return (await shared().get(POLICY_PATH, token)).status;
    };
    expect(await status(linus.id)).toBe(200);
    expect(await status(grace.id)).toBe(200);
    expect(await status(ada.id)).toBe(403);
  });

  test("no single role may both write the policy and read the report", async () => {
    const graces = await delegated(grace.id, "AuditLog.Read.All");
    expect((await shared().get(REPORT, graces)).status).toBe(403);
    const adas = await delegated(ada.id, "AuditLog.Read.All");
    expect((await shared().get(REPORT, adas)).status).toBe(200);
  });

  test("somebody else's passkeys takes a role, one's own does not", async () => {
    const permission = "UserAuthMethod-Passkey.Read.All";
    expect((await shared().get(PASSKEYS, await delegated(emmy.id, permission))).status).toBe(200);
    expect((await shared().get(PASSKEYS, await delegated(ada.id, permission))).status).toBe(403);
    const own = await delegated(grace.id, "UserAuthMethod-Passkey.Read");
    expect((await shared().get(PASSKEYS, own)).status).toBe(200);
  });

  test.each([
    ["Policy.Read.AuthenticationMethod", POLICY_PATH],
    ["AuditLog.Read.All", REPORT],
    ["AuditLog.Read.All", "/v1.0/auditLogs/directoryAudits"],
    ["UserAuthMethod-Passkey.Read.All", PASSKEYS],
    ["GroupMember.Read.All", "/v1.0/groups"],
    ["User.Read.All", "/v1.0/users"],
    ["RoleManagement.Read.Directory", `/v1.0/directoryRoles(roleTemplateId='${ROLE.globalReader}')/members`],
  ])("by the app takes %s for %s", async (permission, path) => {
    const { application } = shared().tenant.consents;
    expect((await shared().get(path, await shared().appToken())).status).toBe(200);
    application.delete(permission);
    expect((await shared().get(path, await shared().appToken())).status).toBe(403);
    application.add(permission);
  });

  test("/me means nothing to the app", async () => {
    const answer = await shared().get("/v1.0/me", shared().app);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("delegated");
  });
});
