import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, test } from "vitest";
import { GraphRefusal } from "../../../simulators/graph/graph-error.js";
import { readPolicyPatch } from "../../../simulators/graph/policy/policy-body.js";
import { applyPatch } from "../../../simulators/graph/policy/policy-merge.js";
import { servedPolicy } from "../../../simulators/graph/policy/policy-store.js";
import { USUAL_READINGS } from "../../../simulators/graph/readings.js";
import {
  SAMPLE_POLICY_NAMES,
  type SamplePolicyName,
  samplePolicy,
} from "../../../simulators/tenant/sample-policies.js";
import { DEFAULT_PROFILE, type SimPolicy } from "../../../simulators/tenant/simulated-tenant.js";
import type { Json, JsonObject } from "../../../src/core/json.js";
import { fc } from "../../setup/drawn.js";

const SCHEMA = join(process.cwd(), "../shared/data/fido2-configuration.v1.0.schema.json");
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const schema = await readFile(SCHEMA, "utf8").catch(() => undefined);

/** The published v1.0 metadata of the configuration, as JSON schema, where it is at hand. */
const fitsMetadata = (): ValidateFunction | undefined =>
  schema === undefined
    ? undefined
    : new Ajv2020({ strict: false, formats: { uuid: GUID } }).compile(JSON.parse(schema));

/** Mostly one of the good values, now and then a bad one. */
const mostly = <T>(good: fc.Arbitrary<T>, ...bad: readonly Json[]) =>
  fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const guid = fc.uuid();
const restriction = fc.record({
  isEnforced: mostly(fc.boolean(), null),
  enforcementType: mostly(fc.constantFrom("allow", "block"), "unknownFutureValue", "deny"),
  aaGuids: mostly(fc.array(guid, { maxLength: 4 }), ["90a3ccdf"], [7], null),
});
const profile = fc.record(
  {
    id: mostly(guid, "Default", 1),
    name: mostly(fc.string({ minLength: 1 }), null, 5),
    passkeyTypes: mostly(fc.constantFrom("deviceBound", "synced", "synced,deviceBound"), "both", ""),
    attestationEnforcement: mostly(fc.constantFrom("disabled", "registrationOnly"), "always", null),
    keyRestrictions: restriction,
  },
  { requiredKeys: ["name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"] },
);
const target = fc.record(
  {
    id: mostly(fc.oneof(fc.constant("all_users"), guid), "everyone", null),
    targetType: mostly(fc.constant("group"), "role"),
    isRegistrationRequired: mostly(fc.boolean(), "no"),
    allowedPasskeyProfiles: mostly(fc.constant([DEFAULT_PROFILE]), ["x"], []),
  },
  { requiredKeys: ["id", "targetType"] },
);
const excluded = fc.record({
  id: mostly(guid, "all_users"),
  targetType: mostly(fc.constant("group"), "role"),
});
const standard = profile.map((one) => ({ ...one, id: DEFAULT_PROFILE }));
const body = fc.record(
  {
    "@odata.type": fc.constant("#microsoft.graph.fido2AuthenticationMethodConfiguration"),
    id: mostly(fc.constantFrom("Fido2", "fido2"), 1),
    state: mostly(fc.constantFrom("enabled", "disabled"), "default", null),
    isSelfServiceRegistrationAllowed: mostly(fc.boolean(), "yes"),
    isAttestationEnforced: mostly(fc.boolean(), 1),
    keyRestrictions: mostly(restriction, null),
    includeTargets: mostly(fc.array(target, { maxLength: 2 }), null),
    excludeTargets: fc.array(excluded, { maxLength: 2 }),
    passkeyProfiles: mostly(
      fc.tuple(standard, fc.array(profile, { maxLength: 3 })).map(([first, more]) => [first, ...more]),
      null,
    ),
  },
  { requiredKeys: ["@odata.type"] },
);

function accepted(stored: SimPolicy, sent: JsonObject): SimPolicy | undefined {
  try {
    return applyPatch(stored, readPolicyPatch(sent, stored, USUAL_READINGS), USUAL_READINGS);
  } catch (problem) {
    if (problem instanceof GraphRefusal) return undefined;
    throw problem;
  }
}

describe("the simulated policy fits Graph's published v1.0 metadata", () => {
  let fits: ValidateFunction;
  beforeEach((ctx) => {
    const found = fitsMetadata();
    if (found === undefined) return ctx.skip("skipped: not present");
    fits = found;
    return undefined;
  });

  test.each(SAMPLE_POLICY_NAMES)("as served: %s", (name: SamplePolicyName) => {
    const served = servedPolicy(samplePolicy(name), USUAL_READINGS, "https://localhost/v1.0");
    expect(fits(served), JSON.stringify(fits.errors)).toBe(true);
  });

  test("whatever it accepts fits, and so does what it serves afterwards", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLE_POLICY_NAMES), body, (name, sent) => {
        const next = accepted(samplePolicy(name), sent as Readonly<Record<string, Json>>);
        if (next === undefined) return;
        taken += 1;
        expect(fits(sent), JSON.stringify(fits.errors)).toBe(true);
        expect(fits(servedPolicy(next, USUAL_READINGS, ""))).toBe(true);
      }),
      { numRuns: 2000, seed: 20261122 },
    );
    expect(taken).toBeGreaterThan(300);
    expect(taken).toBeLessThan(2000);
  });

  test("what it serves is accepted back without change", () => {
    for (const name of SAMPLE_POLICY_NAMES) {
      const stored = samplePolicy(name);
      const served = servedPolicy(stored, USUAL_READINGS, "https://localhost/v1.0") as JsonObject;
      const next = accepted(stored, served);
      expect(next && servedPolicy(next, USUAL_READINGS, "")).toEqual(
        servedPolicy(stored, USUAL_READINGS, ""),
      );
    }
  });
});
