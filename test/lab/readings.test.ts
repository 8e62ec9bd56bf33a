import { afterEach, describe, expect, it } from "vitest";
import type { Readings } from "../../simulators/graph/readings.js";
import type { SampleTenantOptions } from "../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import { comparablePolicy } from "../../src/core/policy/comparable-policy.js";
import { FACTS, type FactId } from "../../src/facts/facts.js";
import type { LabOptions } from "../../src/lab/run-lab.js";
import { findingOf, LabStage } from "./lab-stage.js";

let stage: LabStage | undefined;
afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

interface Case {
  readonly fact: FactId;
  readonly reading: string;
  readonly readings?: Partial<Readings>;
  readonly tenant?: SampleTenantOptions;
  readonly options?: Partial<LabOptions>;
  readonly prepare?: (stage: LabStage) => void;
}

const KEY = { id: "a-key", aaGuid: "2fc0579f-8113-47ea-b116-bb5a8db9202a", model: "NFC key" } as const;
const ATTESTED = { passkeyType: "deviceBound", attestationLevel: "attested" } as const;

function registers({ simulators }: LabStage): void {
  const [someone] = simulators.tenant.users.keys();
  if (someone === undefined) throw new Error("the sample tenant is empty");
  simulators.graph.registerPasskey(someone, {
    ...KEY,
    ...ATTESTED,
    attestationCertificates: [],
    displayName: "Red key",
  });
}

/** What a Graph of this one reading would be, and how the lab has to call it. */
const CASES: readonly Case[] = [
  { fact: "navigation", reading: "always" },
  { fact: "navigation", reading: "when-expanded", readings: { navigation: "when-expanded" } },
  { fact: "deprecatedPair", reading: "mirrored" },
  { fact: "deprecatedPair", reading: "null", readings: { deprecatedPair: "null" } },
  { fact: "deprecatedPair", reading: "absent", readings: { deprecatedPair: "absent" } },
  { fact: "aaguidCase", reading: "kept" },
  { fact: "aaguidCase", reading: "lower", readings: { aaguidCase: "lower" } },
  { fact: "aaguidDuplicates", reading: "kept" },
  { fact: "aaguidDuplicates", reading: "removed", readings: { aaguidDuplicates: "removed" } },
  { fact: "aaguidDuplicates", reading: "refused", readings: { aaguidDuplicates: "refused" } },
  { fact: "aaguidOrder", reading: "kept" },
  { fact: "aaguidOrder", reading: "sorted", readings: { aaguidOrder: "sorted" } },
  { fact: "malformedAaguid", reading: "refused" },
  { fact: "sizeLimit", reading: "refused" },
  { fact: "sizeLimit", reading: "accepted", readings: { sizeLimitBytes: 100_000 } },
  { fact: "missingODataType", reading: "accepted-without-effect" },
  { fact: "missingODataType", reading: "refused", readings: { missingODataType: "refused" } },
  { fact: "missingODataType", reading: "accepted", readings: { missingODataType: "accepted" } },
  { fact: "annotationsInBody", reading: "ignored" },
  { fact: "annotationsInBody", reading: "refused", readings: { annotationsInBody: "refused" } },
  { fact: "ifMatch", reading: "ignored" },
  { fact: "ifMatch", reading: "honoured", readings: { ifMatch: "honoured" } },
  { fact: "ifMatch", reading: "refused", readings: { ifMatch: "refused" } },
  { fact: "contradiction", reading: "pair-wins" },
  { fact: "contradiction", reading: "profile-wins", readings: { contradiction: "profile-wins" } },
  { fact: "contradiction", reading: "refused", readings: { contradiction: "refused" } },
  { fact: "defaultProfileRename", reading: "accepted" },
  { fact: "defaultProfileRename", reading: "refused", readings: { defaultProfileRename: "refused" } },
  { fact: "omittedDefaultProfile", reading: "refused" },
  { fact: "omittedDefaultProfile", reading: "kept", readings: { omittedProfile: "kept" } },
  { fact: "profileWithoutId", reading: "given-an-id" },
  { fact: "profileWithoutId", reading: "refused", readings: { profileWithoutId: "refused" } },
  { fact: "collectionOrder", reading: "kept" },
  { fact: "collectionOrder", reading: "reversed", readings: { collectionOrder: "reversed" } },
  { fact: "omittedParts", reading: "refused" },
  { fact: "omittedParts", reading: "kept", readings: { omittedParts: "kept" } },
  { fact: "omittedParts", reading: "reset", readings: { omittedParts: "reset" } },
  { fact: "attestedKinds", reading: "kept" },
  { fact: "attestedKinds", reading: "device-bound-only", readings: { attestedKinds: "device-bound-only" } },
  { fact: "fourthProfile", reading: "refused" },
  { fact: "omittedProfile", reading: "deleted" },
  { fact: "omittedProfile", reading: "kept", readings: { omittedProfile: "kept" } },
  { fact: "clientMadeProfileIds", reading: "accepted" },
  { fact: "clientMadeProfileIds", reading: "replaced", readings: { clientMadeProfileIds: "replaced" } },
  { fact: "clientMadeProfileIds", reading: "refused", readings: { clientMadeProfileIds: "refused" } },
  { fact: "reportTop", reading: "honoured" },
  { fact: "reportTop", reading: "ignored", readings: { reportTop: "ignored" } },
  { fact: "reportTop", reading: "refused", readings: { reportTop: "refused" } },
  { fact: "reportOr", reading: "accepted" },
  { fact: "reportOr", reading: "refused", readings: { reportAcceptsOr: false } },
  { fact: "strengthsInline", reading: "yes" },
  { fact: "strengthsInline", reading: "no", readings: { strengthsInline: false } },
  { fact: "registrationEntries", reading: "both", prepare: registers },
  {
    fact: "registrationEntries",
    reading: "device-registration",
    readings: { passkeysAuditedBy: "device-registration" },
    prepare: registers,
  },
  {
    fact: "registrationEntries",
    reading: "authentication-methods",
    readings: { passkeysAuditedBy: "authentication-methods" },
    prepare: registers,
  },
  { fact: "passkeyActivities", reading: "by-kind", prepare: registers },
  {
    fact: "passkeyActivities",
    reading: "passkey-security-key",
    readings: { passkeyActivities: "passkey-security-key" },
    prepare: registers,
  },
  {
    fact: "passkeyActivities",
    reading: "fido2-security-key",
    readings: { passkeyActivities: "fido2-security-key" },
    prepare: registers,
  },
  { fact: "passkeyEntriesName", reading: "address", prepare: registers },
  { fact: "passkeyEntriesName", reading: "id", readings: { passkeyEntriesName: "id" }, prepare: registers },
  { fact: "auditsNeedLicence", reading: "yes", tenant: { premium: false } },
  {
    fact: "auditsNeedLicence",
    reading: "no",
    readings: { auditsNeedLicence: true },
    tenant: { premium: false },
  },
  { fact: "auditNames", reading: "person" },
  { fact: "auditNames", reading: "app", readings: { auditNames: "app" } },
  { fact: "auditDetail", reading: "changed" },
  { fact: "auditDetail", reading: "whole", readings: { auditDetail: "whole" } },
  {
    fact: "firstEnable",
    reading: "stays-legacy",
    tenant: { policy: "never-enabled" },
    options: { allowed: { migration: true, leftover: false } },
  },
  {
    fact: "firstEnable",
    reading: "migrates",
    readings: { firstEnableMigrates: true },
    tenant: { policy: "never-enabled" },
    options: { allowed: { migration: true, leftover: false } },
  },
];

describe("the lab calls the reading of the Graph before it by its name:", () => {
  it.each(CASES)("$fact is $reading", async ({ fact, reading, readings = {}, tenant, options, prepare }) => {
    stage = await LabStage.begin(tenant, { readings });
    prepare?.(stage);
    const before = structuredClone(stage.simulators.tenant.policy);
    const report = await stage.report(options);
    expect(findingOf(report, fact)).toMatchObject({ kind: "settled", reading });
    expect(report.policy.kind).toBe("back");
    const after = stage.simulators.tenant.policy;
    if (reading === "migrates") expect(after.state).toBe("disabled");
    else expect(comparablePolicy(after as JsonObject)).toEqual(comparablePolicy(before as JsonObject));
    expect(await stage.journal.read()).toBeUndefined();
  });

  it("is held to every answer of every fact that simulated Graph can play", () => {
    const NOT_PLAYED = ["fourthProfile accepted"];
    const MALFORMED = ["malformedAaguid dropped", "malformedAaguid accepted"];
    const held = new Set(CASES.map(({ fact, reading }) => `${fact} ${reading}`));
    const all = Object.entries(FACTS).flatMap(([fact, { readings }]) =>
      Object.keys(readings).map((reading) => `${fact} ${reading}`),
    );
    expect(all.filter((each) => !held.has(each)).sort()).toEqual([...NOT_PLAYED, ...MALFORMED].sort());
  });
});
