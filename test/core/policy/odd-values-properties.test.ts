import { expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.js";
import { policyBytes, policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../src/core/policy/patch-body.js";
import { listEntries } from "../../../src/core/words/list-entries.js";
import { BARE } from "../../../src/core/words/medium.js";
import { allParticulars } from "../../../src/core/words/particulars.js";
import { policyChangeWords } from "../../../src/core/words/policy-change-words.js";
import { fc } from "../../setup/drawn.js";
import { anyPolicy } from "./arbitrary-policy.js";

const NO_NAMES = { groupNames: {}, groups: {}, modelNames: {} };

/** What JSON may hold where Graph documents something else; some of it is not even text when asked to be. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1.5, "", " ", "x", [], {}, [[]], [null, 1, "x", {}, []]),
  fc.constantFrom<Json>({ toString: 1, valueOf: null }, [{ toString: 1, valueOf: null }], {
    id: { toString: 1 },
  }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

/** Every place in it that is not the whole. */
function places(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [
    [...path, key],
    ...places(inside as Json, [...path, key]),
  ]);
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((entry, at) => (`${at}` === key ? replaced(entry, rest, by) : entry));
  }
  if (!isJsonObject(value)) return value;
  return { ...value, [key]: replaced(value[key] ?? null, rest, by) };
}

const spoiled = anyPolicy.chain((raw) =>
  fc
    .tuple(fc.constantFrom(...places(raw)), odd)
    .map(([place, by]) => ({ raw, other: replaced(raw, place, by) as JsonObject })),
);

it("a policy with something odd anywhere is compared and shown, or said to be unreadable", () => {
  fc.assert(
    fc.property(spoiled, ({ raw, other }) => {
      expect(policyFingerprint(other)).toMatch(/^[0-9a-f]{64}$/);
      expect(policyBytes(other)).toBeGreaterThan(0);
      const before = parsePolicy(raw);
      try {
        const after = parsePolicy(other);
        const sides = { before, after, ...NO_NAMES };
        for (const change of diffPolicies(before, after)) policyChangeWords(change, sides, BARE);
        allParticulars(diffPolicies(before, after), sides, BARE);
        listEntries(before, after);
        patchBody(raw, other);
        patchBody(other, raw);
      } catch (error) {
        // Graph's own words are not to be guessed at; any other error is a mistake of this program.
        expect(error).toBeInstanceOf(Fault);
        expect(error).toMatchObject({ code: "policy-unreadable" });
      }
    }),
    { numRuns: 1_000 },
  );
});
