import { describe, expect, it } from "vitest";
import { admittedPolicy } from "../../../src/core/impact/admitted-policy.js";
import { isJsonObject, type JsonObject } from "../../../src/core/json.js";
import { desiredPolicy } from "../../../src/core/policy/desired/desired-policy.js";
import type { Model } from "../../../src/core/policy/model.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid, PasskeyType } from "../../../src/core/policy/policy.js";
import type { Keyholder, ModelInUse } from "../../../src/core/scan/inventory.js";
import { fc } from "../../setup/drawn.js";
import { anyIntent, anyPolicy, GROUPS, MODELS } from "../policy/arbitrary-policy.js";
import { impactOf, keyholder, passkey } from "./sample-keyholders.js";

const KINDS: readonly Model["kind"][] = ["unknown", "unknown", "security-key", "synced-provider", "platform"];
const catalogue = {
  model: (aaguid: Aaguid): Model => ({
    aaguid,
    name: aaguid,
    kind: KINDS[MODELS.indexOf(aaguid)] ?? "unknown",
    warnings: [],
    source: "fido",
  }),
  modelName: (aaguid: Aaguid) => aaguid,
  metadataNumber: () => undefined,
  search: () => [],
};

/** Also of a kind that is not the model's: what Graph says of a passkey counts. */
const anyPeople = fc
  .array(
    fc.array(
      fc.tuple(
        fc.constantFrom(...MODELS),
        fc.constantFrom<PasskeyType | undefined>("deviceBound", "synced", undefined),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    { maxLength: 4 },
  )
  .map((people) =>
    people.map((passkeys, at) =>
      keyholder(
        `person ${at}`,
        passkeys.map(([aaguid, type]) => passkey(aaguid, type)),
      ),
    ),
  );

function modelsOf(people: readonly Keyholder[]): readonly ModelInUse[] {
  const all = people.flatMap(({ passkeys }) => passkeys);
  return [...new Set(all.map(({ aaguid }) => aaguid))].map((aaguid) => {
    const theirs = all.filter((each) => each.aaguid === aaguid);
    const ofType = (type: PasskeyType | undefined) => theirs.filter((each) => each.type === type).length;
    return {
      aaguid,
      people: people.filter(({ passkeys }) => passkeys.some((each) => each.aaguid === aaguid)).length,
      passkeys: theirs.length,
      types: { deviceBound: ofType("deviceBound"), synced: ofType("synced"), unsaid: ofType(undefined) },
      attested: { yes: 0, no: 0, unsaid: theirs.length },
    };
  });
}

/** With profiles that admit one kind each, so that there is something to leave out. */
const policies = fc
  .tuple(anyPolicy, fc.constantFrom("synced", "deviceBound"))
  .map(([raw, passkeyTypes]): JsonObject => {
    const { passkeyProfiles: profiles } = raw;
    if (!Array.isArray(profiles)) return raw;
    return {
      ...raw,
      passkeyProfiles: profiles.map((each) => (isJsonObject(each) ? { ...each, passkeyTypes } : each)),
    };
  });
const intents = fc.oneof(anyIntent, fc.constant({ kind: "allow-in-use" as const }));

describe("for any policy, intent and people", () => {
  it("who may sign in is the same with the models that a list leaves out and without them", async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(policies, intents, anyPeople, async (raw, intent, people) => {
        const before = parsePolicy(raw);
        const inUse = modelsOf(people);
        const admitted = admittedPolicy({ catalogue }, before, intent, inUse);
        if ("kind" in admitted || admitted.leftOut === undefined) return;
        const used = inUse.map(({ aaguid }) => aaguid);
        const whole = desiredPolicy(before, intent, used);
        if ("kind" in whole) throw new Error(`refused only without them: ${whole.code}`);
        leftOut += 1;
        const members = Object.fromEntries(GROUPS.map((id) => [id, people.map((person) => person.id)]));
        const without = await impactOf(raw, admitted.after.raw, people, { members });
        const withThem = await impactOf(raw, whole.raw, people, { members });
        expect({ ...without, narrows: true }).toEqual({ ...withThem, narrows: true });
      }),
      { numRuns: 600 },
    );
    // Otherwise this would say nothing.

    expect(leftOut).toBeGreaterThan(8);
  });
});
