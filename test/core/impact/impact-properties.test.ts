import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { personId } from "../../../src/core/person.js";
import { narrows } from "../../../src/core/policy/narrows.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { NO_AAGUID, type PasskeyType } from "../../../src/core/policy/policy.js";
import type { Keyholder, RegisteredPasskey } from "../../../src/core/scan/inventory.js";
import { fc } from "../../setup/drawn.js";
import { anyPolicy, GROUPS, MODELS } from "../policy/arbitrary-policy.js";
import { impactOf, keyholder, passkey } from "./sample-keyholders.js";

const PEOPLE = ["ann", "ben", "cid", "dee", "eli"];

const anyPasskey = (types: readonly (PasskeyType | undefined)[]): fc.Arbitrary<RegisteredPasskey> =>
  fc
    .record({
      aaguid: fc.constantFrom(...MODELS, NO_AAGUID),
      type: fc.constantFrom(...types),
      attested: fc.constantFrom(true, false, undefined),
    })
    .map(({ aaguid, type, attested }) => passkey(aaguid, type, attested));

const anyPerson = (id: string, types: readonly (PasskeyType | undefined)[]): fc.Arbitrary<Keyholder> =>
  fc
    .tuple(
      fc.array(anyPasskey(types), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      // Few names, so that two people share one.
      fc.constantFrom("Kim", "Lee"),
    )
    .map(([passkeys, isAdmin, name]) => keyholder(name, passkeys, { id: personId(id), isAdmin }));

const SAID: readonly PasskeyType[] = ["deviceBound", "synced"];
const everybody = (types: readonly (PasskeyType | undefined)[]) =>
  fc.tuple(...PEOPLE.map((id) => anyPerson(id, types)));
const anyPeople = everybody([...SAID, undefined]);
const anyMembers = fc
  .tuple(...GROUPS.map((id) => fc.subarray(PEOPLE).map((ids) => [id, ids] as const)))
  .map((groups) => Object.fromEntries(groups));

const RUNS = { numRuns: 1_000 };
const ids = (people: readonly { readonly id: string }[]) => people.map((person) => person.id);

type Step = readonly [before: JsonObject, after: JsonObject];

/** Two policies of which one has some members of the other: two that have nothing in common nearly always narrow. */
const smallStep: fc.Arbitrary<Step> = fc
  .record({
    before: anyPolicy,
    other: anyPolicy,
    members: fc.subarray(["state", "excludeTargets", "isAttestationEnforced"]),
  })
  .map(({ before, other, members }) => {
    const changed = members.map((member) => [member, other[member] ?? null] as const);
    return [before, { ...before, ...Object.fromEntries(changed) }];
  });
const anyStep: fc.Arbitrary<Step> = fc.oneof(fc.tuple(anyPolicy, anyPolicy), smallStep);

describe("for any two policies, groups and people", () => {
  it("widening never cuts anyone off: whoever loses something is in a plan that says it narrows", async () => {
    let widened = 0;
    await fc.assert(
      fc.asyncProperty(anyStep, anyPeople, anyMembers, async ([before, after], people, members) => {
        const impact = await impactOf(before, after, people, { members });
        if (impact.narrows) return;
        widened += 1;
        expect([...impact.losing, ...impact.keepingAnother, ...impact.modelsCutOff]).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    // Otherwise this would say nothing.
    expect(widened).toBeGreaterThan(200);
  });

  it("a policy does not narrow to itself", () => {
    fc.assert(
      fc.property(anyPolicy, (raw) => {
        expect(narrows(parsePolicy(raw), parsePolicy(raw))).toBe(false);
      }),
    );
  });

  it("nobody is both without a passkey and keeping another, and nobody is named twice", async () => {
    await fc.assert(
      fc.asyncProperty(anyStep, anyPeople, anyMembers, async ([before, after], people, members) => {
        const { losing, keepingAnother, regaining } = await impactOf(before, after, people, { members });
        const named = ids([...losing, ...keepingAnother]);
        expect(new Set(named).size).toBe(named.length);
        expect(named.length + regaining).toBeLessThanOrEqual(people.length);
      }),
      RUNS,
    );
  });

  it("whoever regains passkey sign-in loses it when going back", async () => {
    let regained = 0;
    await fc.assert(
      fc.asyncProperty(anyStep, anyPeople, anyMembers, async ([before, after], people, members) => {
        for (const person of people) {
          const { regaining } = await impactOf(before, after, [person], { members });
          if (regaining === 0) continue;
          regained += 1;
          const back = await impactOf(after, before, [person], { members });
          expect(ids(back.losing)).toEqual([person.id]);
        }
      }),
      RUNS,
    );
    expect(regained).toBeGreaterThan(200);
  });

  it("as many regain as lose when going back, where Graph said the type of every passkey", async () => {
    await fc.assert(
      fc.asyncProperty(anyStep, everybody(SAID), anyMembers, async ([before, after], people, members) => {
        const there = await impactOf(before, after, people, { members });
        const back = await impactOf(after, before, people, { members });
        expect(there.regaining).toBe(back.losing.length);
      }),
      RUNS,
    );
  });

  it("the impact is the same whatever the order of people and the size of the pages", async () => {
    const shuffled = anyPeople.chain((people) =>
      fc.tuple(
        fc.constant(people),
        fc.shuffledSubarray(people, { minLength: people.length }),
        fc.integer({ min: 1, max: people.length + 1 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        anyStep,
        shuffled,
        anyMembers,
        async ([before, after], [people, again, pageSize], members) => {
          const emergency = ["ben", "eli"];
          const whole = await impactOf(before, after, people, {
            members,
            emergency,
            pageSize: people.length,
          });
          expect(await impactOf(before, after, again, { members, emergency, pageSize })).toEqual(whole);
        },
      ),
      RUNS,
    );
  });

  it("each model that is cut off counts the people who lose it", async () => {
    await fc.assert(
      fc.asyncProperty(anyStep, anyPeople, anyMembers, async ([before, after], people, members) => {
        const { losing, keepingAnother, modelsCutOff } = await impactOf(before, after, people, { members });
        const lost = [...losing, ...keepingAnother].flatMap((person) => person.models);
        expect(lost.length).toBe(modelsCutOff.reduce((sum, model) => sum + model.people, 0));
        expect(new Set(modelsCutOff.map((model) => model.aaguid))).toEqual(new Set(lost));
      }),
      RUNS,
    );
  });
});
