import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import { comparablePolicy } from "../../src/core/policy/comparable-policy.js";
import { JournalStands, JournalUnreadable } from "../../src/lab/journal.js";
import { LAB_PROFILE } from "../../src/lab/policy-shape.js";
import { reportAsJson, reportAsMarkdown } from "../../src/lab/report.js";
import { findingOf, LabStage } from "./lab-stage.js";

let stage: LabStage;
afterEach(() => stage.end());

const policy = () => comparablePolicy(stage.simulators.tenant.policy as unknown as JsonObject);
const writes = () => stage.simulators.graph.patches().length;
const grace = () => {
  const found = stage.simulators.tenant.users.get(SAMPLE_PEOPLE.grace.id);
  if (found === undefined) throw new Error("Grace is not in the sample tenant");
  return found;
};

async function tenantOf(people: number): Promise<void> {
  stage = await LabStage.begin({ people });
  const { users } = stage.simulators.tenant;
  const all = [...users.values()].filter((user) => !user.deleted);
  for (const user of all.slice(people)) users.delete(user.id);
  expect([...users.values()].filter((user) => !user.deleted)).toHaveLength(people);
}

describe("a tenant that may not be a test tenant", () => {
  it("is refused from 51 people on, and nothing is written", async () => {
    await tenantOf(51);
    expect(await stage.run()).toEqual({ kind: "refused", why: expect.stringContaining("51 people") });
    expect(writes()).toBe(0);
    expect(await stage.journal.read()).toBeUndefined();
  });

  it("of 50 people is one", async () => {
    await tenantOf(50);
    expect((await stage.report()).people).toBe("up to 50");
  });

  it("is not refused when it is named by its name, and is when by another", async () => {
    await tenantOf(51);
    expect(await stage.run({ tenantName: "Kestrel" })).toEqual({
      kind: "refused",
      why: expect.stringContaining('not called "Kestrel"'),
    });
    expect((await stage.report({ tenantName: " kestrel marine" })).people).toBe("more than 50");
  });

  it("of few people is refused as well when it is named by another name", async () => {
    stage = await LabStage.begin();
    expect((await stage.run({ tenantName: "Somewhere else" })).kind).toBe("refused");
  });

  it("is refused when its people cannot be counted, or its name not read", async () => {
    stage = await LabStage.begin();
    stage.simulators.graph.faults.next({ path: "/users/$count", status: 403 });
    expect(await stage.run()).toEqual({ kind: "refused", why: expect.stringContaining("--tenant-name") });
    stage.simulators.graph.faults.next({ path: "/organization", status: 403 });
    expect((await stage.run({ tenantName: "Kestrel Marine" })).kind).toBe("refused");
    expect(writes()).toBe(0);
  });
});

describe("nothing is written", () => {
  it("unless the person agrees", async () => {
    stage = await LabStage.begin();
    stage.isAgreed = false;
    expect(await stage.run()).toEqual({ kind: "refused", why: "Nothing was written." });
    expect(stage.asked).toEqual([
      expect.stringMatching(/of "Kestrel Marine" \(\d+ people\) about \d+ times/),
    ]);
    expect([writes(), await stage.journal.read()]).toEqual([0, undefined]);
  });

  it("on a dry run, which says what would be", async () => {
    stage = await LabStage.begin({ policy: "never-enabled" });
    expect(await stage.run({ isDry: true })).toEqual({ kind: "told" });
    expect(writes()).toBe(0);
    expect(stage.said.join("\n")).toContain(
      "firstEnable: not asked: a move to profiles cannot be taken back",
    );
    expect(stage.said.join("\n")).toContain("aaguidCase: PATCH of the policy");
  });

  it("over a policy that cannot be read whole", async () => {
    stage = await LabStage.begin();
    const profile = stage.simulators.tenant.policy.passkeyProfiles[0];
    if (profile !== undefined) profile.passkeyTypes = "unknownFutureValue";
    await expect(stage.run()).rejects.toThrow("unknownFutureValue");
    expect([writes(), await stage.journal.read()]).toEqual([0, undefined]);
  });

  it("while a journal stands, nor is that journal replaced", async () => {
    stage = await LabStage.begin();
    const { tenantId } = stage.simulators.tenant;
    const entry = { tenantId, graphUrl: "https://elsewhere.test", startedAt: "2026-11-29T10:00:00.000Z" };
    await stage.journal.write({ ...entry, policy: { state: "enabled" } });
    await expect(stage.run()).rejects.toThrow(JournalStands);
    expect(writes()).toBe(0);
    expect(await stage.journal.read()).toEqual({ ...entry, policy: { state: "enabled" } });
  });
});

describe("what cannot be settled in a tenant", () => {
  it("says that a right to read is missing", async () => {
    stage = await LabStage.begin();
    grace().roles = [ROLE.authenticationPolicyAdministrator];
    const report = await stage.report();
    expect(findingOf(report, "reportTop")).toEqual({
      kind: "unsettled",
      why: "Graph refused the right to read it (403 Authorization_RequestDenied)",
    });
    expect(findingOf(report, "aaguidCase")).toMatchObject({ kind: "settled" });
    expect(findingOf(report, "auditNames")).toMatchObject({ kind: "unsettled" });
  });

  it("says that a licence is missing", async () => {
    stage = await LabStage.begin({ premium: false });
    expect(findingOf(await stage.report(), "reportOr")).toEqual({
      kind: "unsettled",
      why: "the tenant has no licence of Entra ID P1 or P2 for it",
    });
  });

  it("says that a right to write is missing, after one write", async () => {
    stage = await LabStage.begin();
    const before = policy();
    grace().roles = [ROLE.globalReader];
    const report = await stage.report();
    expect(findingOf(report, "aaguidOrder")).toEqual({
      kind: "unsettled",
      why: "Graph answered 403 Authorization_RequestDenied",
    });
    expect(findingOf(report, "ifMatch")).toMatchObject({
      why: expect.stringContaining("none was sent any more"),
    });
    expect([report.policy, writes()]).toEqual([{ kind: "not-written" }, 1]);
    expect(policy()).toEqual(before);
  });

  it("is every refusal where an ordinary write is refused", async () => {
    stage = await LabStage.begin();
    stage.simulators.graph.faults.next({ method: "PATCH", status: 400, code: "invalidRequest" });
    const report = await stage.report();
    expect(findingOf(report, "malformedAaguid")).toEqual({
      kind: "unsettled",
      why: "Graph refused an ordinary write (400 invalidRequest), so its other refusals say nothing",
    });
  });

  it("is what an audit log says that has no entry yet", async () => {
    stage = await LabStage.begin({}, { readings: { auditDelayMs: 3_600_000 } });
    expect(findingOf(await stage.report(), "auditNames")).toMatchObject({
      why: "the audit log had no entry of it within 0 minutes",
    });
  });

  it("is what a throttled Graph would have said, however often it is asked", async () => {
    stage = await LabStage.begin();
    const fault = {
      path: "userRegistrationDetails",
      status: 429,
      retryAfter: 30,
      times: Number.POSITIVE_INFINITY,
    };
    stage.simulators.graph.faults.next(fault);
    expect(findingOf(await stage.report(), "reportTop")).toMatchObject({
      why: "Graph answered 429 TooManyRequests",
    });
  });
});

describe("a profile that Graph does not delete", () => {
  it("is not made unless that is allowed", async () => {
    stage = await LabStage.begin({}, { readings: { omittedProfile: "kept" } });
    const report = await stage.report();
    expect(findingOf(report, "clientMadeProfileIds")).toMatchObject({
      why: expect.stringContaining("--allow-leftover"),
    });
    expect(report.policy).toEqual({ kind: "back" });
  });

  it("leaves a journal and a word about it, until it is gone", async () => {
    stage = await LabStage.begin({}, { readings: { omittedProfile: "kept" } });
    const before = policy();
    const report = await stage.report({ allowed: { migration: false, leftover: true } });
    expect(report.policy).toEqual({
      kind: "not-back",
      why: expect.stringContaining("a profile of the lab's can be deleted in the Entra admin center"),
    });
    expect(await stage.restore()).toMatchObject({ kind: "not-back" });
    const { tenant } = stage.simulators;
    const kept = tenant.policy.passkeyProfiles.filter(({ name }) => name !== LAB_PROFILE);
    tenant.policy = { ...tenant.policy, passkeyProfiles: kept };
    expect(await stage.restore()).toEqual({ kind: "back" });
    expect(policy()).toEqual(before);
  });
});

describe("a run", () => {
  it("that is stopped between two questions puts the policy back and says what was not asked", async () => {
    stage = await LabStage.begin();
    const before = policy();
    const unsubscribe = stage.simulators.graph.onChange(() => {
      if (writes() === 4) stage.stop.ask();
    });
    const report = await stage.report();
    unsubscribe();
    expect([report.end, report.policy]).toEqual(["stopped", { kind: "back" }]);
    expect(findingOf(report, "sizeLimit")).toEqual({
      kind: "unsettled",
      why: "not asked: the lab was stopped before",
    });
    expect(policy()).toEqual(before);
  });

  it("during which another person changed the policy says that the change is gone", async () => {
    stage = await LabStage.begin();
    const { graph } = stage.simulators;
    stage.onSaid = (line) => {
      if (!line.startsWith("Putting")) return;
      graph.portalEdit(SAMPLE_PEOPLE.katherine.id, (live) => {
        live.isSelfServiceRegistrationAllowed = !live.isSelfServiceRegistrationAllowed;
      });
    };
    const before = policy();
    const report = await stage.report();
    expect(report.policy).toEqual({ kind: "back", remark: expect.stringContaining("another person") });
    expect(policy()).toEqual(before);
    expect(reportAsMarkdown(report)).toContain("another person");
  });

  it("leaves a report without any name or id of the tenant, even where Graph's texts hold some", async () => {
    stage = await LabStage.begin();
    const { tenant, graph } = stage.simulators;
    const named = `Target ${SAMPLE_PEOPLE.ada.id} of ${SAMPLE_PEOPLE.ada.name} (ada@kestrelmarine.example) is wrong.`;
    graph.faults.next({
      method: "PATCH",
      status: 400,
      code: SAMPLE_PEOPLE.ada.name,
      message: named,
      times: 2,
    });
    graph.faults.next({ path: "userRegistrationDetails", status: 400, code: named, message: named });
    const report = await stage.report();
    const words = [...tenant.users.values()].flatMap((user) => [
      user.id,
      user.displayName,
      user.userPrincipalName,
    ]);
    const things = [...tenant.groups.values()].flatMap((group) => [group.id, group.displayName]);
    for (const text of [reportAsJson(report), reportAsMarkdown(report)]) {
      const held = [...words, ...things, tenant.tenantId, tenant.displayName].filter((each) =>
        text.includes(each),
      );
      expect(held).toEqual([]);
    }
  });
});

describe("restore", () => {
  it("is refused for a journal of another tenant, one that cannot be read, and without a yes", async () => {
    stage = await LabStage.begin();
    const entry = { graphUrl: "https://graph.test", startedAt: "2026-11-29T10:00:00.000Z", policy: {} };
    await stage.journal.write({ ...entry, tenantId: "another" });
    expect(await stage.restore()).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("another tenant"),
    });
    await stage.journal.remove();
    const { tenantId } = stage.simulators.tenant;
    await stage.journal.write({ ...entry, tenantId, policy: { state: "disabled" } });
    stage.isAgreed = false;
    expect(await stage.restore()).toEqual({ kind: "refused", why: "Nothing was written." });
    writeFileSync(stage.journal.path, "{");
    await expect(stage.restore()).rejects.toThrow(JournalUnreadable);
    expect(writes()).toBe(0);
  });
});
