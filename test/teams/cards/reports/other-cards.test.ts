import { describe, expect, it } from "vitest";
import { helpLines } from "../../../../src/core/command/help.js";
import { standingFacts } from "../../../../src/core/impact/warnings.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import type { EmergencyReport } from "../../../../src/core/report/emergency-report.js";
import { helpCard } from "../../../../src/teams/cards/reports/help-card.js";
import { pendingCard } from "../../../../src/teams/cards/reports/pending-card.js";
import { policyCard } from "../../../../src/teams/cards/reports/policy-card.js";
import { DEFAULT_PROFILE, profilesPolicy, SYNCED_PROFILE } from "../../../core/policy/sample-policies.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { AT, allow, enablePlan, narrowingPlan, policy, UNRESTRICTED } from "../plan/sample-plans.js";

const report = (raw = policy()) => ({
  policy: parsePolicy(raw),
  modelNames: enablePlan().proposal.modelNames,
  modelWarnings: {},
  facts: standingFacts(parsePolicy(raw), { bytes: 2_000 }),
  groupNames: {},
  readAt: AT,
});
const json = (card: unknown): string => JSON.stringify(card);

describe("the help card", () => {
  it("lists every command", () => {
    const card = helpCard(helpLines());
    for (const { usage } of helpLines()) expect(json(card)).toContain(json(usage));
    // A card that is too large has its texts cut.
    expect(json(card)).not.toContain("…");
    expect(cardProblems(card)).toEqual([]);
  });

  it("shows no back quotes, which Teams would not hide", () => {
    expect(helpLines().some(({ what }) => what.includes("`"))).toBe(true);
    expect(json(helpCard(helpLines()))).not.toContain("`");
  });

  it("leaves a gap where the topic changes", () => {
    const line = { usage: "scan", what: "reads", topic: "models", looks: false } as const;
    const { body } = helpCard([line, line, { ...line, topic: "plans" }]);
    expect(body.slice(2).map((row) => row.spacing)).toEqual(["medium", "small", "medium"]);
  });
});

describe("the policy card", () => {
  it("shows the policy in words and by names", () => {
    const card = policyCard(report());
    expect(json(card)).toContain("all users");
    expect(json(card)).toContain("YubiKey 5C Nano");
    expect(json(card)).not.toContain("ee882879-721c");
    expect(cardProblems(card)).toEqual([]);
  });

  it("shows a word that a later Graph says as it is", () => {
    const later = { passkeyTypes: "deviceBound,hybrid", attestationEnforcement: "always" };
    const said = json(policyCard(report(profilesPolicy({}, later))));
    expect(said).toContain("device-bound and hybrid");
    expect(said).toContain("always, which this version does not know");
  });

  it("shows each passkey profile by its name", () => {
    const card = policyCard(report(profilesPolicy()));
    expect(json(card)).toContain("Profile Default passkey profile");
    expect(json(card)).toContain("Profile synced");
    expect(cardProblems(card)).toEqual([]);
  });

  it("lists every group with its profiles", () => {
    const ids = Array.from({ length: 9 }, (_, at) => `${at}a2b3c4d-1111-4111-8111-111111111111`);
    const includeTargets = ids.map((id, at) => ({
      id,
      targetType: "group",
      allowedPasskeyProfiles: at === 0 ? [DEFAULT_PROFILE, SYNCED_PROFILE] : [SYNCED_PROFILE],
    }));
    const named = {
      groupNames: Object.fromEntries(ids.map((id, at) => [id, `Group ${at}`])),
      groupFacts: Object.fromEntries(ids.map((id) => [id, { people: 7 }])),
    };
    const said = json(policyCard({ ...report(profilesPolicy({ includeTargets })), ...named }));
    expect(said).toContain("Group 0 (7 people, 0a2b3c4d) (Default passkey profile, synced)");
    for (let at = 1; at < 9; at += 1) expect(said).toContain(`Group ${at} (7 people, ${at}a2b3c4d) (synced)`);
  });

  it("says whom the installation protects, and where that is not certain what follows from it", () => {
    const shown = (emergency: EmergencyReport) => {
      const card = policyCard({ ...report(), emergency });
      expect(cardProblems(card)).toEqual([]);
      return json(card);
    };
    expect(json(policyCard(report()))).not.toContain("Emergency accounts");
    const sure = shown({ kind: "looked-up", people: 2, problems: [] });
    expect(sure).toContain("2 people");
    expect(sure).not.toContain("EMERGENCY_ACCOUNTS");
    const ids = Array.from({ length: 7 }, (_, at) => ({ id: `id-${at}`, why: "unknown" }) as const);
    const unsure = shown({ kind: "looked-up", people: 1, problems: ids });
    expect(unsure).toMatch(/`id-4` is neither a user nor a group of this tenant, or was deleted and 2 more/);
    expect(unsure).toContain("every plan that could take a passkey from a person is refused");
    const away = shown({ kind: "not-looked-up", fault: "graph-unreachable" });
    expect(away).toContain("did not answer");
    expect(away).not.toContain("neither a user");
  });

  it("says what it costs or leaves open, which a plan says only of what it changes", () => {
    const text = json(policyCard(report()));
    expect(text).toContain("⚠ With attestation off, this list is a convention, not a control");
    expect(json(policyCard(report(policy({ keyRestrictions: UNRESTRICTED }))))).not.toContain("⚠");
  });

  it("stays small with 500 models", () => {
    const models = Array.from(
      { length: 500 },
      (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
    );
    const raw = policy({ keyRestrictions: allow(models as Aaguid[]) });
    expect(json(policyCard(report(raw))).length).toBeLessThan(28_000);
    expect(json(policyCard(report(raw)))).toContain("and 460 more");
  });
});

describe("the pending card", () => {
  it("lists plans with number, title and state, and says how to see one", () => {
    const card = pendingCard([enablePlan(), narrowingPlan()]);
    expect(json(card)).toContain("**#12** Turn passkeys on for all users");
    expect(json(card)).toContain(": “remove YubiKey NEO”");
    expect(json(card)).toContain("show 12");
    expect(cardProblems(card)).toEqual([]);
  });

  it("counts what it does not list, and stays small", () => {
    const card = pendingCard(Array.from({ length: 300 }, () => enablePlan()));
    expect(json(card)).toContain("285 more");
    expect(json(card).length).toBeLessThan(28_000);
  });

  it("says so when nothing waits", () => {
    expect(json(pendingCard([]))).toContain("Nothing waits for a decision");
    expect(cardProblems(pendingCard([]))).toEqual([]);
  });
});
