import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { comparablePolicy, policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../src/core/policy/patch-body.js";
import { legacyPolicy } from "./sample-policies.js";

/** As Graph sends it: parsed from text, a member may be called anything. */
function policyWith(member: string): JsonObject {
  const text = JSON.stringify(legacyPolicy());
  return JSON.parse(`${text.slice(0, -1)},${member}}`) as JsonObject;
}

describe.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("a member called %s", (name) => {
  const plain = policyWith('"later":1');
  const before = policyWith(`"later":1,"${name}":{"rule":"old"}`);
  const after = policyWith(`"later":1,"${name}":{"rule":"new"}`);

  it("is there, and its change is a change", () => {
    expect(Object.hasOwn(comparablePolicy(before), name)).toBe(true);
    expect(new Set([plain, before, after].map(policyFingerprint)).size).toBe(3);
    expect(diffPolicies(parsePolicy(before), parsePolicy(after))).toEqual([
      { setting: "other", path: `${name}.rule`, before: "old", after: "new" },
    ]);
  });

  it("that comes or goes is a change, even when it is empty", () => {
    const empty = policyWith(`"later":1,"${name}":{}`);
    expect(policyFingerprint(empty)).not.toBe(policyFingerprint(plain));
    expect(diffPolicies(parsePolicy(plain), parsePolicy(empty))).toHaveLength(1);
  });

  it("is written as it is wanted, and emptied when it is to go", () => {
    const sent = (from: JsonObject, to: JsonObject) => JSON.parse(JSON.stringify(patchBody(from, to)));
    const type = '"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration"';
    const expected = (value: string) => JSON.parse(`{${type},"${name}":${value}}`);
    expect(sent(before, after)).toEqual(expected('{"rule":"new"}'));
    expect(Object.hasOwn(sent(before, after), name)).toBe(true);
    expect(sent(plain, before)).toEqual(expected('{"rule":"old"}'));
    expect(sent(before, plain)).toEqual(expected("null"));
    expect(Object.keys(sent(before, before))).toEqual(["@odata.type"]);
  });
});
