import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type GraphOptions, startGraph } from "../../simulators/graph/simulated-graph.js";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { usersIn } from "../../simulators/tenant/membership.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import type { JsonObject } from "../../src/core/json.js";
import { groupId, personId } from "../../src/core/person.js";
import { toAaguid } from "../../src/core/policy/policy.js";
import type { AccountPage } from "../../src/core/ports/passkey-source.js";
import type { AccountRef, PasskeyAnswer, RegisteredPasskey } from "../../src/core/scan/inventory.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { directory } from "../../src/graph/directory.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { actAs } from "../../src/graph/policy-writer.js";
import { tenantReader } from "../../src/graph/tenant-reader.js";
import { testCertificates } from "../setup/test-certificates.js";
import { fakeClock } from "./fake-clock.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, simulatedSignIn } from "./simulated-sign-in.js";

const { ada, grace, hedy, emmy, alan } = SAMPLE_PEOPLE;

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

/** Everything of `src/graph/` over the sample tenant, as `main.ts` puts it together. */
async function inSampleTenant(options: Partial<GraphOptions> = {}) {
  const signIn = await simulatedSignIn();
  const { tenant, entra, app } = signIn;
  const simulated = await startGraph({ tenant, entra, certificates: await testCertificates(), ...options });
  running.push(simulated, entra);
  const at = { app, graphUrl: simulated.url, graphAudience: GRAPH_AUDIENCE };
  const graph = appGraph({ ...at, clock: fakeClock() });
  return {
    signIn,
    simulated,
    graph,
    reader: tenantReader(graph),
    people: directory(graph),
    source: passkeySource(graph),
    act: actAs(at),
  };
}
type Tenant = Awaited<ReturnType<typeof inSampleTenant>>;

async function patchAs({ act, signIn }: Tenant, person: string, change: JsonObject, id = "c-1") {
  const result = await act.onBehalfOf(await signIn.assertionOf(person));
  if (result.kind !== "signed-in") throw new Error(result.problem);
  const type = { "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration" };
  return result.writer.patchPolicy({ ...type, ...change }, id);
}

describe("the policy", () => {
  it("is written in the approver's name and read back, and the audit log names the approver", async () => {
    const tenant = await inSampleTenant();
    const { state } = await tenant.reader.readPolicy();
    const id = "5d7b1c5e-2f0e-4f7b-9c55-0d9c8a3f1a11";
    const since = new Date(Date.now() - 60_000).toISOString();
    expect(await tenant.reader.policyWritersSince(since)).toEqual([]);
    const written = state === "enabled" ? "disabled" : "enabled";
    expect(await patchAs(tenant, grace.id, { state: written }, id)).toMatchObject({
      kind: "accepted",
      requestId: expect.stringMatching(/./),
    });
    expect(await tenant.reader.readPolicy()).toMatchObject({ state: written });
    expect(tenant.simulated.patches()).toMatchObject([{ clientRequestId: id }]);
    expect(await tenant.reader.policyWritersSince(since)).toMatchObject([{ name: grace.name, id: grace.id }]);
  });

  it("is not written by a person without the role, and Graph's words and id are kept", async () => {
    const tenant = await inSampleTenant();
    const before = await tenant.reader.readPolicy();
    expect(await patchAs(tenant, ada.id, { state: "enabled" })).toMatchObject({
      kind: "declined",
      status: 403,
      requestId: expect.stringMatching(/./),
    });
    expect(await tenant.reader.readPolicy()).toEqual(before);
  });

  it("may have been written when the answer is lost after the work was done", async () => {
    const tenant = await inSampleTenant();
    tenant.simulated.faults.next({ method: "PATCH", drop: "after" });
    expect(await patchAs(tenant, grace.id, { state: "enabled" })).toMatchObject({ kind: "unclear" });
    expect(tenant.simulated.patches()).toHaveLength(1);
    expect(await tenant.reader.readPolicy()).toMatchObject({ state: "enabled" });
  });

  it("says whom an app's write is from", async () => {
    const tenant = await inSampleTenant();
    tenant.simulated.portalEdit("microsoft", (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    const [writer] = await tenant.reader.policyWritersSince(new Date(Date.now() - 60_000).toISOString());
    expect(writer).toEqual({ name: "Microsoft Entra ID", isApp: true, at: expect.any(String) });
  });
});

describe("the directory", () => {
  it("tells roles held now: direct, or through a group, and not those one could activate", async () => {
    const { people } = await inSampleTenant();
    const rolesOf = async (person: { id: string }) =>
      (await people.activeRoles(personId(person.id))).map(({ templateId }) => templateId);
    expect(await rolesOf(grace)).toEqual([ROLE.authenticationPolicyAdministrator]);
    expect(await rolesOf(ada)).toEqual([ROLE.securityReader]);
    expect(await rolesOf(hedy)).toEqual([ROLE.securityReader]);
    expect(await rolesOf(alan)).toEqual([]);
    expect(await rolesOf({ id: "00000000-0000-4000-8000-00000000dead" })).toEqual([]);
  });

  it("tells who holds a role, also through a group, and of a role never given that no person does", async () => {
    const { people, signIn } = await inSampleTenant({ readings: { directoryPageSize: 1 } });
    const policyAdministrators = [...signIn.tenant.users.values()].filter(
      ({ roles, deleted }) => !deleted && roles.includes(ROLE.authenticationPolicyAdministrator),
    );
    expect(await people.holdersOf(ROLE.authenticationPolicyAdministrator)).toEqual(
      new Set(policyAdministrators.map(({ id }) => id)),
    );
    const readers = await people.holdersOf(ROLE.securityReader);
    expect([ada, hedy].every(({ id }) => readers.has(personId(id)))).toBe(true);
    expect(await people.holdersOf(ROLE.helpdeskAdministrator)).toEqual(new Set());
  });

  it("finds nested groups from both ends", async () => {
    const { people, signIn } = await inSampleTenant();
    const groups = await people.groupsOf(personId(alan.id));
    expect(groups).toEqual(new Set([SAMPLE_GROUPS.pilot, SAMPLE_GROUPS.pilotWave2]));
    const members = await people.membersOf(groupId(SAMPLE_GROUPS.pilot));
    expect(members.has(personId(alan.id))).toBe(true);
    expect([...members].sort()).toEqual(
      usersIn(signIn.tenant, SAMPLE_GROUPS.pilot)
        .map(({ id }) => id)
        .sort(),
    );
    const guests = usersIn(signIn.tenant, SAMPLE_GROUPS.pilot).filter(({ userType }) => userType === "guest");
    expect([...(members.guests ?? [])].sort()).toEqual(guests.map(({ id }) => id).sort());
    expect(await people.countMembers(groupId(SAMPLE_GROUPS.pilot))).toBe(members.size);
  });

  it("reads a large group in the largest pages that Graph gives", async () => {
    const { people, signIn, simulated } = await inSampleTenant();
    const group = signIn.tenant.groups.get(SAMPLE_GROUPS.pilot);
    const [first] = signIn.tenant.users.values();
    if (group === undefined || first === undefined) throw new Error("the sample has both");
    for (let nth = 0; nth < 2_500; nth += 1) {
      const id = `99999999-0000-4000-8000-${String(nth).padStart(12, "0")}`;
      signIn.tenant.users.set(id, { ...first, id, userPrincipalName: `${nth}@kestrel-marine.example` });
      group.members.push(id);
    }
    const before = simulated.requests.length;
    const { size } = await people.membersOf(groupId(SAMPLE_GROUPS.pilot));
    expect(size).toBeGreaterThan(2_500);
    expect(simulated.requests.length - before).toBe(Math.ceil(size / 999));
  });

  it("tells kinds of groups apart, and lists all of them", async () => {
    const { people, signIn } = await inSampleTenant();
    const { groups } = signIn.tenant;
    for (const kind of ["security", "mail-security", "team", "secured-team", "distribution"] as const) {
      groups.set(kind, { id: kind, displayName: kind, members: [], kind });
    }
    expect(await people.group(groupId("team"))).toMatchObject({
      kind: "microsoft-365",
      securityEnabled: false,
      mail: expect.stringContaining("@"),
    });
    expect(await people.group(groupId("secured-team"))).toMatchObject({
      kind: "microsoft-365",
      securityEnabled: true,
    });
    expect(await people.group(groupId("distribution"))).toMatchObject({ kind: "distribution" });
    expect(await people.group(groupId("mail-security"))).toMatchObject({ kind: "security" });
    expect(await people.groupsNamed("security")).toMatchObject([{ kind: "security", securityEnabled: true }]);
    const listed = await people.allGroups();
    expect(listed.isComplete).toBe(true);
    expect(new Set(listed.groups.map(({ id }): string => id))).toEqual(new Set(groups.keys()));
  });

  it("finds people by the beginning of their name or of their sign-in name", async () => {
    const { people } = await inSampleTenant();
    const emmy = [{ id: SAMPLE_PEOPLE.emmy.id, name: "Emmy Noether" }];
    expect(await people.peopleNamed("emmy noe")).toEqual(emmy);
    expect(await people.peopleNamed("emmy.noether@")).toEqual(emmy);
    expect(await people.signInName(personId(SAMPLE_PEOPLE.emmy.id))).toBe(
      "emmy.noether@kestrelmarine.example",
    );
    expect(await people.peopleNamed("Alan")).toEqual([{ id: SAMPLE_PEOPLE.alan.id, name: "Alan Turing" }]);
    expect(await people.peopleNamed("O'Nobody")).toEqual([]);
  });

  it("finds groups by name: one with an apostrophe, two of one name, none", async () => {
    const { people } = await inSampleTenant();
    expect(await people.groupsNamed("directors' office")).toEqual([
      {
        id: SAMPLE_GROUPS.directorsOffice,
        name: "Directors' Office",
        kind: "security",
        securityEnabled: true,
        createdAt: "2023-02-06T08:00:00Z",
      },
    ]);
    const ids = (await people.groupsNamed("Contractors")).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([SAMPLE_GROUPS.contractorsNorth, SAMPLE_GROUPS.contractorsSouth]));
    expect(await people.groupsNamed("Nobody's group")).toEqual([]);
    expect(await people.group(groupId(SAMPLE_GROUPS.helpdesk))).toMatchObject({ name: "Helpdesk" });
    expect(await people.group(groupId("00000000-0000-4000-8000-00000000dead"))).toBeUndefined();
  });
});

describe("the passkeys", () => {
  /** What the tenant holds, in our words. */
  function truth({ signIn }: Tenant): Map<string, readonly RegisteredPasskey[]> {
    const holders = [...signIn.tenant.users.values()].filter(
      (user) => user.accountEnabled && !user.deleted && user.passkeys.length > 0,
    );
    return new Map(
      holders.map((user) => [
        user.id,
        user.passkeys.map((passkey) => ({
          aaguid: toAaguid(passkey.aaGuid) as never,
          model: passkey.model || undefined,
          type: passkey.passkeyType,
          attested: passkey.attestationLevel === "attested",
        })),
      ]),
    );
  }

  /** Every page of a list. */
  async function all(read: (next?: string) => Promise<AccountPage>): Promise<readonly AccountRef[]> {
    const people: AccountRef[] = [];
    for (let next: string | undefined, more = true; more; more = next !== undefined) {
      const page = await read(next);
      people.push(...page.people);
      next = page.next;
    }
    return people;
  }

  const reported = ({ source }: Tenant, methods?: readonly string[]) =>
    all((next) =>
      source.reportedKeyholders({
        ...(next === undefined ? {} : { next }),
        ...(methods === undefined ? {} : { methods }),
      }),
    );

  async function ask({ source }: Tenant, people: readonly AccountRef[]): Promise<readonly PasskeyAnswer[]> {
    const answers: PasskeyAnswer[] = [];
    for (let at = 0; at < people.length; at += 20) {
      const asked = people.slice(at, at + 20);
      const round = await source.passkeysOf(asked);
      expect(round.later).toEqual([]);
      expect(round.answers).toHaveLength(asked.length);
      answers.push(...round.answers);
    }
    return answers;
  }

  async function passkeysOf(tenant: Tenant, people: readonly AccountRef[]) {
    const answers = await ask(tenant, people);
    expect(answers.filter(({ kind }) => kind === "failed")).toEqual([]);
    return new Map(
      answers.flatMap((answer) =>
        answer.kind === "read" && answer.passkeys.length > 0 ? [[answer.account.id, answer.passkeys]] : [],
      ),
    );
  }

  const accountOf = (person: { readonly id: string; readonly name: string }): AccountRef => ({
    id: personId(person.id),
    name: person.name,
    isAdmin: false,
  });

  it.each(["specific", "generic", "both"] as const)(
    "are found by the report, complete, whatever it calls them (%s), and page by page",
    async (reportedMethods) => {
      const tenant = await inSampleTenant({
        readings: { reportedMethods, reportTop: "refused", reportPageSize: 30 },
      });
      const found = await passkeysOf(tenant, await reported(tenant));
      expect(found).toEqual(truth(tenant));
      expect(found.get(personId(emmy.id))).toHaveLength(7);
    },
  );

  it.each(["honoured", "ignored", "refused"] as const)(
    "are found in pages of whatever size where the report's $top is %s",
    async (reportTop) => {
      const tenant = await inSampleTenant({ readings: { reportTop, reportPageSize: 30 } });
      expect(await passkeysOf(tenant, await reported(tenant))).toEqual(truth(tenant));
      const pages = tenant.signIn.tenant.users.size / (reportTop === "honoured" ? 999 : 30);
      expect((await tenant.source.reportedKeyholders({})).next === undefined).toBe(pages <= 1);
    },
  );

  it.each([true, false])(
    "are of the same people when only known names are asked for (the report takes 'or': %s)",
    async (reportAcceptsOr) => {
      const tenant = await inSampleTenant({ readings: { reportAcceptsOr } });
      const { methods, next } = await tenant.source.reportedKeyholders({});
      expect(next).toBeUndefined();
      expect(methods.length).toBeGreaterThan(2);
      expect(await reported(tenant, methods)).toEqual(await reported(tenant));
    },
  );

  it("are counted against the accounts of the tenant, which Graph does only with its header", async () => {
    const tenant = await inSampleTenant();
    const users = [...tenant.signIn.tenant.users.values()].filter(({ deleted }) => !deleted);
    const enabled = users.filter(({ accountEnabled }) => accountEnabled);
    const guests = enabled.filter(({ userType }) => userType === "guest").length;
    expect(guests).toBeGreaterThan(0);
    expect(await tenant.source.countAccounts()).toEqual({
      enabled: enabled.length,
      disabled: users.length - enabled.length,
      guests,
    });
    expect((await tenant.source.reportedKeyholders({})).rows).toBeGreaterThan(0);
    const path = "/v1.0/users/$count?$filter=accountEnabled%20eq%20true";
    await expect(tenant.graph.get(path, z.unknown())).rejects.toMatchObject({ code: "graph-bad-request" });
  });

  it("of administrators are known by the report", async () => {
    const tenant = await inSampleTenant();
    const admins = await all((next) => tenant.source.administrators(next));
    expect(admins.length).toBeGreaterThan(0);
    expect(admins.every(({ isAdmin }) => isAdmin)).toBe(true);
    expect(admins.length).toBeLessThan((await all((next) => tenant.source.enabledAccounts(next))).length);
  });

  it("are found through every account where there is no licence for the report", async () => {
    const tenant = await inSampleTenant();
    tenant.signIn.tenant.premium = false;
    await expect(tenant.source.reportedKeyholders({})).rejects.toMatchObject({ code: "graph-no-licence" });
    const everybody = await all((next) => tenant.source.enabledAccounts(next));
    expect(await passkeysOf(tenant, everybody)).toEqual(truth(tenant));
  });

  it("of a person deleted since the report are gone, not unread", async () => {
    const tenant = await inSampleTenant();
    const people = await reported(tenant);
    tenant.simulated.deleteUser(emmy.id);
    const answers = await ask(tenant, people);
    expect(answers.filter(({ kind }) => kind === "failed")).toEqual([]);
    expect(answers).toContainEqual({
      kind: "gone",
      account: expect.objectContaining({ id: emmy.id, name: emmy.name }),
    });
  });

  it("are put off under the published limit, where each item of a batch counts, with Graph's wait", async () => {
    const tenant = await inSampleTenant({ throttle: "documented", readings: { throttleHints: true } });
    const people = [...tenant.signIn.tenant.users.values()]
      .filter((user) => user.accountEnabled && !user.deleted)
      .slice(0, 20)
      .map((user) => accountOf({ id: user.id, name: user.displayName }));
    const { answers, later, pressure } = await tenant.source.passkeysOf(people);
    expect(answers).toHaveLength(5);
    expect(answers.every(({ kind }) => kind === "read")).toBe(true);
    expect(later).toHaveLength(15);
    for (const putOff of later) {
      expect(putOff).toMatchObject({ throttled: true, why: "Graph said 429" });
      expect(putOff.retryAfterSeconds).toBeGreaterThanOrEqual(9);
    }
    expect(pressure).toBe(1.8);
  });

  it("of a person whom Graph left out of its answer are put off, and there the next time", async () => {
    const tenant = await inSampleTenant();
    tenant.simulated.faults.next({ path: `/users/${emmy.id}/`, omit: true });
    const account = accountOf(emmy);
    expect(await tenant.source.passkeysOf([account])).toMatchObject({ answers: [], later: [{ account }] });
    expect(await tenant.source.passkeysOf([account])).toMatchObject({ answers: [{ kind: "read" }] });
  });

  it.each([
    { passkeysAuditedBy: "both" },
    { passkeysAuditedBy: "authentication-methods" },
    { passkeysAuditedBy: "device-registration", passkeyEntriesName: "address" },
    { passkeysAuditedBy: "device-registration", passkeyEntriesName: "id" },
    { passkeysAuditedBy: "device-registration", passkeyActivities: "passkey-security-key" },
    { passkeysAuditedBy: "device-registration", passkeyActivities: "fido2-security-key" },
  ] as const)(
    "that came or went are told by the audit log, under the person's name, however it is logged: %o",
    async (readings) => {
      const tenant = await inSampleTenant({ readings });
      const { simulated, source } = tenant;
      const since = new Date(Date.now() - 1_000).toISOString();
      const changed = () => all((next) => source.changedSince(since, next));
      expect(await changed()).toEqual([]);
      const [emmysFirst] = tenant.signIn.tenant.users.get(emmy.id)?.passkeys ?? [];
      if (emmysFirst === undefined) throw new Error("Emmy has no passkey");
      simulated.registerPasskey(ada.id, { ...emmysFirst, id: "new", passkeyType: "synced" });
      simulated.deletePasskey(emmy.id, emmysFirst.id, { by: "admin" });
      simulated.disableUser(hedy.id);
      expect(new Map((await changed()).map((person) => [person.id, person]))).toEqual(
        new Map([ada, emmy].map((person) => [person.id, accountOf(person)])),
      );
      expect(
        await all((next) => source.changedSince(new Date(Date.now() + 60_000).toISOString(), next)),
      ).toEqual([]);
    },
  );
});

describe("the app's own identity", () => {
  it("is never enough to write: there is only the approver's", async () => {
    const { signIn, simulated } = await inSampleTenant();
    const token = await signIn.app.token(`${GRAPH_AUDIENCE}/.default`);
    const policy = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
    const response = await fetch(simulated.url + policy, {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration" }),
    });
    expect(response.status).toBe(403);
  });
});
