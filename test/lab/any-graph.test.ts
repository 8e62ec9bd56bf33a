import { afterEach, describe, expect, it } from "vitest";
import { type Readings, USUAL_READINGS } from "../../simulators/graph/readings.js";
import { SAMPLE_POLICY_NAMES, type SamplePolicyName } from "../../simulators/tenant/sample-policies.js";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import type { JsonObject } from "../../src/core/json.js";
import { comparablePolicy, hasProfiles } from "../../src/core/policy/comparable-policy.js";
import type { FactId } from "../../src/facts/facts.js";
import { SEED } from "../setup/drawn.js";
import { LabStage } from "./lab-stage.js";

const GRAPHS = process.env.LATCHKEY_TEST_MUTATIONS === "all" ? 200 : 12;

let stage: LabStage | undefined;
afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

/** Every answer that a fact may have, drawn independently of the others. */
function drawReadings(random: SeededRandom): Partial<Readings> {
  return {
    firstEnableMigrates: random.chance(0.5),
    aaguidCase: random.pick(["kept", "lower"]),
    aaguidDuplicates: random.pick(["kept", "removed", "refused"]),
    aaguidOrder: random.pick(["kept", "sorted"]),
    collectionOrder: random.pick(["kept", "reversed"]),
    omittedParts: random.pick(["refused", "kept", "reset"]),
    omittedProfile: random.pick(["deleted", "kept"]),
    contradiction: random.pick(["profile-wins", "pair-wins", "refused"]),
    deprecatedPair: random.pick(["mirrored", "null", "absent"]),
    missingODataType: random.pick(["refused", "accepted-without-effect", "accepted"]),
    ifMatch: random.pick(["ignored", "honoured", "refused"]),
    attestedKinds: random.pick(["kept", "device-bound-only"]),
    navigation: random.pick(["always", "when-expanded"]),
    strengthsInline: random.chance(0.5),
    annotationsInBody: random.pick(["ignored", "refused"]),
    defaultProfileRename: random.pick(["accepted", "refused"]),
    profileWithoutId: random.pick(["given-an-id", "refused"]),
    clientMadeProfileIds: random.pick(["accepted", "replaced", "refused"]),
    sizeLimitBytes: random.pick([20 * 1024, 100 * 1024]),
    reportAcceptsOr: random.chance(0.5),
    reportTop: random.pick(["honoured", "ignored", "refused"]),
    auditNames: random.pick(["person", "app"]),
    auditDetail: random.pick(["changed", "whole"]),
    // Shorter than the lab's own waits, all of which are made short here.
    visibleAfterMs: random.pick([0, 8]),
  };
}

/** What the lab has to call each of them, where it settles it. */
function namesOf(drawn: Partial<Readings>): Readonly<Partial<Record<FactId, string>>> {
  const r = { ...USUAL_READINGS, ...drawn };
  return {
    firstEnable: r.firstEnableMigrates ? "migrates" : "stays-legacy",
    omittedDefaultProfile: r.omittedProfile === "kept" ? "kept" : "refused",
    sizeLimit: r.sizeLimitBytes > 50_000 ? "accepted" : "refused",
    strengthsInline: r.strengthsInline ? "yes" : "no",
    reportOr: r.reportAcceptsOr ? "accepted" : "refused",
    fourthProfile: "refused",
    malformedAaguid: "refused",
    profileWithoutId: r.profileWithoutId,
    aaguidCase: r.aaguidCase,
    aaguidDuplicates: r.aaguidDuplicates,
    aaguidOrder: r.aaguidOrder,
    collectionOrder: r.collectionOrder,
    omittedParts: r.omittedParts,
    omittedProfile: r.omittedProfile,
    contradiction: r.contradiction,
    deprecatedPair: r.deprecatedPair,
    missingODataType: r.missingODataType,
    ifMatch: r.ifMatch,
    attestedKinds: r.attestedKinds,
    navigation: r.navigation,
    annotationsInBody: r.annotationsInBody,
    defaultProfileRename: r.defaultProfileRename,
    clientMadeProfileIds: r.clientMadeProfileIds,
    reportTop: r.reportTop,
    auditNames: r.auditNames,
    auditDetail: r.auditDetail,
  };
}

interface Drawn {
  readonly seed: number;
  readonly policy: SamplePolicyName;
  readonly allowed: { readonly migration: boolean; readonly leftover: boolean };
  readonly readings: Partial<Readings>;
}

function draw(seed: number): Drawn {
  const random = new SeededRandom(seed);
  return {
    seed,
    policy: random.pick(SAMPLE_POLICY_NAMES),
    allowed: { migration: random.chance(0.5), leftover: random.chance(0.5) },
    readings: drawReadings(random),
  };
}

describe("in a Graph of any readings at once", () => {
  it.each(Array.from({ length: GRAPHS }, (_, index) => draw(SEED + index)))(
    "nothing is settled wrongly and the policy is put back (seed $seed, $policy)",
    async ({ policy, allowed, readings }) => {
      stage = await LabStage.begin({ policy }, { readings });
      const { tenant } = stage.simulators;
      const before = comparablePolicy(tenant.policy as unknown as JsonObject);
      const report = await stage.report({ allowed });
      const names = namesOf(readings);
      const wrong = report.facts.filter(
        ({ fact, finding }) => finding.kind === "settled" && names[fact] !== finding.reading,
      );
      expect(wrong.map(({ fact, finding }) => ({ fact, finding, is: names[fact] }))).toEqual([]);
      const after = comparablePolicy(tenant.policy as unknown as JsonObject);
      const isLeft =
        allowed.leftover && readings.omittedProfile === "kept" && report.policy.kind === "not-back";
      const hasMoved = hasProfiles(after) && !hasProfiles(before);
      if (hasMoved) {
        expect(allowed.migration && readings.firstEnableMigrates).toBe(true);
        expect(report.policy).toMatchObject({ kind: "back", forGood: expect.stringContaining("profiles") });
        expect(after.state).toBe(before.state);
        return;
      }
      if (isLeft) {
        expect(report.policy).toMatchObject({ why: expect.stringContaining("can be deleted") });
        expect(await stage.journal.read()).toBeDefined();
        return;
      }
      // A policy near its limit of size takes none of the writes in some Graphs, and then there is nothing to put back.
      const written = stage.simulators.graph.patches().some(({ status = 500 }) => status < 300);
      expect(report.policy).toEqual({ kind: written ? "back" : "not-written" });
      expect(after).toEqual(before);
      expect(await stage.journal.read()).toBeUndefined();
    },
  );
});
