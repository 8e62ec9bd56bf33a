import { describe, expect, it } from "vitest";
import { planCard } from "../../../src/teams/cards/plan-card.js";
import { profilesPolicy } from "../../core/policy/sample-policies.js";
import { words } from "./card-words.js";
import { allow, enablePlan, OTHERS, policy, proposal, UNRESTRICTED } from "./sample-plans.js";

describe("warnings", () => {
  const warned = (before: Parameters<typeof policy>[0], after: Parameters<typeof policy>[0], bytes = 2_000) =>
    words(planCard(enablePlan({ proposal: proposal(policy(before), policy(after), { bytes }) }), OTHERS))
      .split("\n")
      .filter((line) => line.startsWith("⚠"))
      .join("\n");

  it("come only when they are true", () => {
    expect(warned({}, { isSelfServiceRegistrationAllowed: false, keyRestrictions: UNRESTRICTED })).toBe("");
  });

  it.each<[string, Parameters<typeof policy>[0], Parameters<typeof policy>[0], string]>([
    ["turning passkeys off", {}, { state: "disabled" }, "nobody can sign in with one"],
    ["starting to restrict", { keyRestrictions: UNRESTRICTED }, {}, "Today any authenticator works."],
    ["a list without attestation", { keyRestrictions: UNRESTRICTED }, {}, "this list is a convention"],
    ["attestation", {}, { isAttestationEnforced: true }, "synced passkeys cannot be set up"],
    ["a block list", {}, { keyRestrictions: allow(["x"], "block") }, "every model that is not on it works"],
  ])("tell the consequence of %s", (_, before, after, said) => {
    expect(warned(before, after)).toContain(said);
  });

  it("tell when the policy gets too large", () => {
    expect(warned({}, { isAttestationEnforced: true }, 18_000)).toContain("18,000 of 20,000 bytes");
    expect(warned({}, { isAttestationEnforced: true }, 17_999)).not.toContain("bytes");
  });
});

describe("a tenant with passkey profiles", () => {
  it("says for whom passkeys are turned on, also where that stays as it is", () => {
    const before = profilesPolicy({ state: "disabled" });
    const said = words(planCard(enablePlan({ proposal: proposal(before, profilesPolicy()) }), OTHERS));
    expect(said).toContain("Who\nall users\nall users (as it is)");
  });

  it("names the profile in every line about one", () => {
    const after = profilesPolicy({}, { keyRestrictions: UNRESTRICTED, passkeyTypes: "deviceBound" });
    const said = words(planCard(enablePlan({ proposal: proposal(profilesPolicy(), after) }), OTHERS));
    expect(said).toContain("Which authenticators · Default passkey profile");
    expect(said).toContain("Kinds of passkey · Default passkey profile");
    expect(said).toContain("Attestation · Default passkey profile\nenforced\nenforced (as it is)");
  });
});
