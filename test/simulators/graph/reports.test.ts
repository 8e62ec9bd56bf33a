import { describe, expect, test } from "vitest";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const { ada, grace, linus, emmy, hedy, emergency1 } = SAMPLE_PEOPLE;
const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const AUDITS = "/v1.0/auditLogs/directoryAudits";
const shared = sharedSimulators({ people: 60 });

const get = (path: string) => shared().get(path, shared().app);
const reported = async (filter: string) =>
  (await get(`${REPORT}?$filter=${encodeURIComponent(filter)}&$select=id`)).body.value.map((row) => row.id);
const has = (method: string) => `methodsRegistered/any(x:x eq '${method}')`;

describe("the registration report", () => {
  test("has a row for every enabled account, the deleted one included until it catches up", async () => {
    const users = [...shared().tenant.users.values()];
    const ids = async () => (await get(REPORT)).body.value.map((row) => row.id).sort();
    const enabled = users.filter((user) => user.accountEnabled);
    expect(await ids()).toEqual(enabled.map((user) => user.id).sort());
    shared().graph.readings.reportListsDeleted = false;
    expect(await ids()).toEqual(
      enabled
        .filter((user) => !user.deleted)
        .map((user) => user.id)
        .sort(),
    );
  });

  test("says who somebody is and what they registered", async () => {
    const { body } = await get(REPORT);
    const row = body.value.find((one) => one.id === emergency1.id);
    expect(row).toMatchObject({
      userDisplayName: "Emergency Access 1",
      userType: "member",
      isAdmin: true,
      methodsRegistered: ["fido2SecurityKey"],
    });
  });

  test("is filtered by any(), several of them with or", async () => {
    expect(await reported(has("passKeySynced"))).toContain(hedy.id);
    expect(await reported(has("passKeyDeviceBoundAuthenticator"))).toContain(grace.id);
    const both = await reported(`${has("passKeySynced")} or ${has("fido2SecurityKey")}`);
    expect(both).toEqual(expect.arrayContaining([hedy.id, ada.id]));
    shared().graph.readings.reportAcceptsOr = false;
    const refused = await get(`${REPORT}?$filter=${has("a")} or ${has("b")}`);
    expect(refused.status).toBe(400);
  });

  test.each(["methodsRegistered eq 'passKeySynced'", "methodsRegistered/any(x:y eq 'a')", "id eq 'x'"])(
    "refuses the filter %s",
    async (filter) => {
      expect((await get(`${REPORT}?$filter=${filter}`)).status).toBe(400);
    },
  );

  test("cannot skip, only follow its links", async () => {
    expect((await get(`${REPORT}?$skip=5`)).status).toBe(400);
    shared().graph.readings.reportPageSize = 25;
    const { body } = await get(REPORT);
    expect(body.value).toHaveLength(25);
    expect((await get(String(body["@odata.nextLink"]))).body.value.length).toBeGreaterThan(0);
  });

  test("calls the same key by its general name, its special one, or both", async () => {
    const methods = async () =>
      (await get(REPORT)).body.value.find((row) => row.id === emergency1.id)?.methodsRegistered;
    shared().graph.readings.reportedMethods = "generic";
    expect(await methods()).toEqual(["passKeyDeviceBound"]);
    shared().graph.readings.reportedMethods = "both";
    expect(await methods()).toEqual(["passKeyDeviceBound", "fido2SecurityKey"]);
  });

  test("lags behind", async () => {
    const user = shared().tenant.users.get(linus.id);
    const fresh = { ...user?.passkeys[0], createdDateTime: new Date().toISOString() };
    Object.assign(user ?? {}, { passkeys: [fresh] });
    expect(await reported(has("fido2SecurityKey"))).toContain(linus.id);
    shared().graph.readings.reportDelayHours = 36;
    expect(await reported(has("fido2SecurityKey"))).not.toContain(linus.id);
  });

  test("needs a licence", async () => {
    shared().tenant.premium = false;
    const answer = await get(REPORT);
    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    expect((await get(AUDITS)).status).toBe(200);
    shared().graph.readings.auditsNeedLicence = true;
    expect((await get(AUDITS)).status).toBe(403);
    shared().tenant.premium = true;
  });
});

describe("a person's passkeys", () => {
  const path = (id: string) => `/v1.0/users/${id}/authentication/fido2Methods`;

  test("come in Graph's words", async () => {
    const { body } = await get(path(ada.id));
    expect(body.value).toEqual([
      {
        id: expect.any(String),
        displayName: "YubiKey",
        createdDateTime: expect.stringMatching(/^2026-/),
        aaGuid: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
        model: "YubiKey 5 Series with NFC",
        attestationLevel: "attested",
        passkeyType: "deviceBound",
        attestationCertificates: [expect.stringMatching(/^[0-9a-f]{40}$/)],
        publicKeyCredential: null,
      },
    ]);
  });

  test("come in pages when there are many", async () => {
    const first = await get(path(emmy.id));
    expect(first.body.value).toHaveLength(5);
    const second = await get(String(first.body["@odata.nextLink"]));
    expect(second.body.value).toHaveLength(2);
    expect(second.body).not.toHaveProperty("@odata.nextLink");
  });

  test("take no query options, and nobody's are 404", async () => {
    expect((await get(`${path(ada.id)}?$select=aaGuid`)).status).toBe(400);
    const deleted = [...shared().tenant.users.values()].find((user) => user.deleted);
    expect((await get(path(deleted?.id ?? ""))).status).toBe(404);
  });
});

describe("the directory audit log", () => {
  const updates = async (since: string) =>
    (
      await get(
        `${AUDITS}?$filter=activityDisplayName eq 'Authentication Methods Policy Update' and activityDateTime ge ${since}&$orderby=activityDateTime desc&$top=50`,
      )
    ).body.value;
  const write = (state: string) => shared().patchPolicy({ "@odata.type": ODATA_TYPE, state }, shared().grace);
  const now = () => new Date().toISOString();
  const tick = () => new Promise((done) => setTimeout(done, 3));

  test("names the person behind a write and what changed, and nothing else", async () => {
    const since = now();
    await write("enabled");
    expect(await updates(since)).toEqual([
      expect.objectContaining({
        category: "ApplicationManagement",
        loggedByService: "Authentication Methods",
        result: "success",
        initiatedBy: {
          user: expect.objectContaining({
            id: grace.id,
            userPrincipalName: expect.stringContaining("grace"),
          }),
          app: null,
        },
        targetResources: [
          expect.objectContaining({
            modifiedProperties: [{ displayName: "state", oldValue: '"disabled"', newValue: '"enabled"' }],
          }),
        ],
      }),
    ]);
  });

  test("holds nothing about a write that was refused", async () => {
    const since = now();
    await write("nonsense");
    await shared().patchPolicy({ "@odata.type": ODATA_TYPE, state: "enabled" }, shared().app);
    expect(await updates(since)).toEqual([]);
  });

  test("shows what somebody else did in the portal, newest first", async () => {
    const since = now();
    await write("enabled");
    await tick();
    shared().graph.portalEdit(linus.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = true;
    });
    await tick();
    shared().graph.portalEdit("microsoft", (policy) => {
      policy.isSelfServiceRegistrationAllowed = false;
    });
    const entries = await updates(since);
    expect(entries.map((entry) => entry.initiatedBy)).toMatchObject([
      { user: null, app: { displayName: "Microsoft Entra ID" } },
      { user: { id: linus.id }, app: null },
      { user: { id: grace.id } },
    ]);
    const policy = await get(POLICY_PATH);
    expect(policy.body.isSelfServiceRegistrationAllowed).toBe(false);
    expect(() => shared().graph.portalEdit("nobody", () => {})).toThrow("nobody");
  });

  test("can log the whole policy, name the app, or come late", async () => {
    const { readings } = shared().graph;
    readings.auditDetail = "whole";
    readings.auditNames = "app";
    readings.auditDelayMs = 80;
    const since = now();
    await write("enabled");
    expect(await updates(since)).toEqual([]);
    await new Promise((done) => setTimeout(done, 90));
    const [entry] = await updates(since);
    expect(entry?.initiatedBy).toMatchObject({ user: null, app: { appId: shared().tenant.clientId } });
    expect(JSON.stringify(entry?.targetResources)).toContain("AuthenticationMethodsPolicy");
  });

  test.each([
    "$filter=activityDateTime ge yesterday",
    "$filter=activityDateTime gt 2026-01-01T00:00:00Z",
    "$orderby=id",
  ])("refuses %s", async (query) => {
    expect((await get(`${AUDITS}?${query}`)).status).toBe(400);
  });

  test("is sorted either way and understands le, or and startswith", async () => {
    const filter = `activityDateTime le ${now()} and (loggedByService eq 'Authentication Methods' or startswith(category,'App'))`;
    const { body } = await get(`${AUDITS}?$filter=${encodeURIComponent(filter)}&$orderby=activityDateTime`);
    const times = body.value.map((entry) => String(entry.activityDateTime));
    expect(times.length).toBeGreaterThan(3);
    expect(times).toEqual(times.toSorted());
    expect((await get(`${AUDITS}?$filter=not (startswith(id,''))`)).body.value).toEqual([]);
  });
});
