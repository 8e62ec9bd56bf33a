import { describe, expect, it } from "vitest";
import { type CarriedSignIn, contextsIn, unmetDemands } from "../../../src/core/access/sign-in-demands.js";
import {
  asStrictAs,
  decidingRules,
  differences,
  readDecidingRules,
} from "../../../src/core/access/strictest-rules.js";
import { FakeWorld } from "../fake-world.js";

const carried = (of: Partial<CarriedSignIn>): CarriedSignIn => ({ amr: [], acrs: [], ...of });

describe("what a sign-in has to carry", () => {
  it.each<[string, readonly string[] | undefined, CarriedSignIn | undefined, readonly string[]]>([
    ["nothing is asked for", undefined, undefined, []],
    ["Teams' own says nothing", ["c1", "phishing-resistant"], undefined, ["c1", "phishing-resistant"]],
    ["the context is there", ["c1"], carried({ acrs: ["c2", "c1"] }), []],
    ["another context", ["c1"], carried({ acrs: ["c10", "C1"] }), ["c1"]],
    ["a context among the methods", ["c1"], carried({ amr: ["c1"] }), ["c1"]],
    ["a passkey", ["phishing-resistant"], carried({ amr: ["fido", "mfa"] }), []],
    [
      "a second factor that can be phished",
      ["phishing-resistant"],
      carried({ amr: ["pwd", "mfa", "rsa"] }),
      ["phishing-resistant"],
    ],
    ["one of two", ["c1", "phishing-resistant"], carried({ acrs: ["c1"] }), ["phishing-resistant"]],
    ["a demand of a later version", ["moon-phase"], carried({ amr: ["fido"], acrs: ["c1"] }), ["moon-phase"]],
  ])("%s", (_, demands, signIn, unmet) => {
    expect(unmetDemands(demands, signIn)).toEqual(unmet);
  });

  it("Entra is asked for contexts by name", () => {
    expect(contextsIn(["c1", "phishing-resistant"])).toEqual(["c1"]);
  });
});

describe("the demands of several processes", () => {
  const { rules } = new FakeWorld();
  const demanding = (...signInDemands: string[]) => ({ ...rules, signInDemands });

  it("hold all together, whoever has them", () => {
    const others = [decidingRules(demanding("c1")), decidingRules(rules)];
    expect(asStrictAs(demanding("phishing-resistant"), others).signInDemands).toEqual([
      "c1",
      "phishing-resistant",
    ]);
    expect(asStrictAs(rules, others).signInDemands).toEqual(["c1"]);
  });

  it("are told, read, and said to differ", () => {
    const told = decidingRules(demanding("c1"));
    expect(readDecidingRules(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(readDecidingRules({ ...JSON.parse(JSON.stringify(told)), signInDemands: "c1" })).toBeUndefined();
    expect(differences([told, decidingRules(rules)])).toEqual(["REQUIRE_AUTH_CONTEXT or REQUIRE_STRENGTH"]);
    expect(decidingRules(demanding())).not.toHaveProperty("signInDemands");
  });
});
