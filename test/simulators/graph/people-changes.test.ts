import { describe, expect, test } from "vitest";
import { MODEL } from "../../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { sharedSimulators } from "./shared-simulators.js";

const { ada, alan, emmy, grace, linus } = SAMPLE_PEOPLE;
const AUDITS = "/v1.0/auditLogs/directoryAudits";
const shared = sharedSimulators();
const get = (path: string) => shared().get(path, shared().app);
const now = () => new Date().toISOString();
const titan = (seed: string) => samplePasskey(MODEL.titan, { seed, daysAgo: 300 });

const loggedBy = async (service: string, since: string) =>
  (await get(`${AUDITS}?$filter=loggedByService eq '${service}' and activityDateTime ge ${since}`)).body
    .value;
const passkeysOf = async (id: string) =>
  (await get(`/v1.0/users/${id}/authentication/fido2Methods`)).body.value;

describe("a passkey that is registered", () => {
  test("is there at once, registered now, and in the audit log", async () => {
    const since = now();
    shared().graph.registerPasskey(alan.id, titan("one"));
    const [passkey] = await passkeysOf(alan.id);
    expect(passkey).toMatchObject({ aaGuid: MODEL.titan.aaguid });
    expect(Date.parse(String(passkey?.createdDateTime))).toBeGreaterThan(Date.parse(since) - 1_000);
    expect(await loggedBy("Authentication Methods", since)).toEqual([
      {
        id: expect.stringMatching(/^Authentication Methods_/),
        category: "UserManagement",
        correlationId: expect.any(String),
        result: "success",
        resultReason: "User registered Fido2 Authentication Method",
        activityDisplayName: "User registered security info",
        activityDateTime: expect.any(String),
        loggedByService: "Authentication Methods",
        operationType: "ServiceApi",
        initiatedBy: { user: expect.objectContaining({ id: alan.id }), app: null },
        targetResources: [
          {
            id: alan.id,
            type: "User",
            displayName: "Alan Turing",
            userPrincipalName: expect.stringMatching(/^alan/),
            modifiedProperties: [],
          },
        ],
        additionalDetails: [],
      },
    ]);
  });

  test("or deleted by an administrator is logged as theirs", async () => {
    const since = now();
    const passkey = titan("two");
    shared().graph.registerPasskey(alan.id, passkey, { by: "admin" });
    shared().graph.deletePasskey(alan.id, passkey.id, { by: "admin" });
    expect(await loggedBy("Authentication Methods", since)).toMatchObject([
      { activityDisplayName: "Admin deleted security info", initiatedBy: { user: { id: emmy.id } } },
      { activityDisplayName: "Admin registered security info", targetResources: [{ id: alan.id }] },
    ]);
  });

  test("has an entry of the other service as well, which names the key and the person's address", async () => {
    const since = now();
    shared().graph.registerPasskey(alan.id, { ...titan("three"), passkeyType: "synced" });
    const target = { id: null, type: "User", displayName: titan("three").id, modifiedProperties: [] };
    expect(await loggedBy("Device Registration Service", since)).toMatchObject([
      {
        activityDisplayName: "Add Passkey (synced)",
        initiatedBy: { user: { id: alan.id } },
        targetResources: [{ ...target, userPrincipalName: expect.stringMatching(/^alan/) }],
      },
    ]);
    expect(await loggedBy("Authentication Methods", since)).toHaveLength(1);
  });

  test("is logged by one service, under older names, and with the person's id, when the readings say so", async () => {
    const since = now();
    const { readings } = shared().graph;
    readings.passkeysAuditedBy = "authentication-methods";
    shared().graph.registerPasskey(alan.id, titan("four"));
    expect(await loggedBy("Device Registration Service", since)).toEqual([]);
    readings.passkeysAuditedBy = "device-registration";
    readings.passkeyActivities = "passkey-security-key";
    shared().graph.deletePasskey(alan.id, titan("four").id);
    readings.passkeyActivities = "fido2-security-key";
    readings.passkeyEntriesName = "id";
    shared().graph.registerPasskey(alan.id, titan("five"));
    shared().graph.deletePasskey(alan.id, titan("five").id);
    expect(await loggedBy("Authentication Methods", since)).toHaveLength(1);
    const entries = await loggedBy("Device Registration Service", since);
    expect(entries.map((entry) => entry.activityDisplayName)).toEqual([
      "Delete FIDO2 security key(s)",
      "Add FIDO2 security key",
      "Delete Passkey (device-bound) security key",
    ]);
    expect(entries).toMatchObject([
      { targetResources: [{ id: alan.id }] },
      {},
      { targetResources: [{ id: null }] },
    ]);
  });
});

describe("a passkey that is deleted", () => {
  test("is gone at once, and in the audit log", async () => {
    const since = now();
    const [passkey] = await passkeysOf(ada.id);
    shared().graph.deletePasskey(ada.id, String(passkey?.id));
    expect(await passkeysOf(ada.id)).toEqual([]);
    expect(await loggedBy("Authentication Methods", since)).toMatchObject([
      { activityDisplayName: "User deleted security info", targetResources: [{ id: ada.id }] },
    ]);
  });

  test("has to be there", () => {
    expect(() => shared().graph.deletePasskey(grace.id, "none")).toThrow("no passkey none");
    expect(() => shared().graph.registerPasskey("nobody", titan("six"))).toThrow("nobody");
  });
});

describe("a person who is deleted or disabled", () => {
  test("is logged by the directory, and gone from where Graph no longer shows them", async () => {
    const since = now();
    shared().graph.deleteUser(linus.id);
    shared().graph.disableUser(grace.id);
    expect(await loggedBy("Core Directory", since)).toMatchObject([
      { activityDisplayName: "Disable account", targetResources: [{ id: grace.id }] },
      { activityDisplayName: "Delete user", targetResources: [{ id: linus.id }] },
    ]);
    expect(await loggedBy("Authentication Methods", since)).toEqual([]);
    const passkeys = await get(`/v1.0/users/${linus.id}/authentication/fido2Methods`);
    expect(passkeys.status).toBe(404);
    const { body } = await get("/v1.0/reports/authenticationMethods/userRegistrationDetails");
    expect(body.value.map((row) => row.id)).not.toContain(grace.id);
    expect(() => shared().graph.deleteUser(linus.id)).toThrow(linus.id);
  });

  test("is there again, and logged, once the account is enabled", async () => {
    const since = now();
    shared().graph.disableUser(alan.id);
    shared().graph.enableUser(alan.id);
    expect(await loggedBy("Core Directory", since)).toMatchObject([
      { activityDisplayName: "Enable account", targetResources: [{ id: alan.id }] },
      { activityDisplayName: "Disable account", targetResources: [{ id: alan.id }] },
    ]);
    const { body } = await get("/v1.0/reports/authenticationMethods/userRegistrationDetails?$top=999");
    expect(body.value.map((row) => row.id)).toContain(alan.id);
  });
});

describe("what the audit log says of people", () => {
  test("comes in pages that go on from where they were, whatever is logged meanwhile", async () => {
    const since = now();
    for (let nth = 0; nth < 7; nth += 1) shared().graph.registerPasskey(alan.id, titan(`page ${nth}`));
    const filter = `loggedByService eq 'Authentication Methods' and activityDateTime ge ${since}`;
    const first = await get(`${AUDITS}?$filter=${encodeURIComponent(filter)}&$top=3`);
    shared().graph.registerPasskey(alan.id, titan("meanwhile"));
    const second = await get(String(first.body["@odata.nextLink"]));
    const third = await get(String(second.body["@odata.nextLink"]));
    const entries = [first, second, third].flatMap(({ body }) => body.value);
    expect(entries).toHaveLength(7);
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(7);
    expect(third.body).not.toHaveProperty("@odata.nextLink");
  });

  test("comes late, and needs a licence, as the readings say", async () => {
    const since = now();
    shared().graph.readings.auditDelayMs = 60_000;
    shared().graph.registerPasskey(alan.id, titan("late"));
    expect(await loggedBy("Authentication Methods", since)).toEqual([]);
    shared().graph.readings.auditDelayMs = 0;
    expect(await loggedBy("Authentication Methods", since)).toHaveLength(1);
    shared().graph.readings.auditsNeedLicence = true;
    shared().tenant.premium = false;
    expect((await get(AUDITS)).status).toBe(403);
    shared().tenant.premium = true;
  });
});
