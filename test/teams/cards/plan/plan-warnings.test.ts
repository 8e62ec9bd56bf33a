import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import type { Proposal } from "../../../../src/core/plan/plan.js";
import { NO_AAGUID } from "../../../../src/core/policy/policy.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { profilesPolicy } from "../../../core/policy/sample-policies.js";
import { words } from "../card-words.js";
import {
  allow,
  enablePlan,
  FEITIAN,
  OTHERS,
  policy,
  proposal,
  UNRESTRICTED,
  YUBIKEY_NEO,
} from "./sample-plans.js";

describe("warnings", () => {
  const warned = (before: Parameters<typeof policy>[0], after: Parameters<typeof policy>[0], bytes = 2_000) =>
    words(planCard(enablePlan({ proposal: proposal(policy(before), policy(after), { bytes }) }), OTHERS))
      .split("\n")
      .filter((line) => line.startsWith("⚠") && !line.startsWith("⚠ **The restriction ends"))
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

describe("what is in use", () => {
  const NEO_ONLY = { keyRestrictions: allow([YUBIKEY_NEO]) };
  const lines = (
    change: Partial<Proposal>,
    before: Parameters<typeof policy>[0] = { keyRestrictions: UNRESTRICTED },
    after: Parameters<typeof policy>[0] = {},
  ) =>
    words(planCard(enablePlan({ proposal: proposal(policy(before), policy(after), change) }), OTHERS))
      .split("\n")
      .filter((line) => line.startsWith("⚠"));
  const nameless = { usage: [{ aaguid: NO_AAGUID, people: 2 }] };

  it("says what a removal means for later, while passkeys are off and nobody has anything to lose", () => {
    const off = (...models: string[]) => ({ state: "disabled", keyRestrictions: allow(models) });
    const used = { usage: [{ aaguid: FEITIAN, people: 3 }] };
    expect(lines(used, off(FEITIAN, YUBIKEY_NEO), off(YUBIKEY_NEO))).toEqual([
      expect.stringMatching(/nobody loses anything yet\. Once they are on, .*· 3 people\.$/),
    ]);
    expect(lines(used, off(FEITIAN, YUBIKEY_NEO), off(FEITIAN))).toEqual([]);
    expect(lines({ usage: [] }, off(FEITIAN, YUBIKEY_NEO), off(YUBIKEY_NEO))).toEqual([]);
  });

  it("says so of a plan that turns them off, too, and not that nobody loses anything", () => {
    const used = { usage: [{ aaguid: FEITIAN, people: 3 }] };
    const said = lines(
      used,
      { keyRestrictions: allow([FEITIAN, YUBIKEY_NEO]) },
      { state: "disabled", keyRestrictions: allow([YUBIKEY_NEO]) },
    );
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("While passkeys are off, nobody can sign in with one");
    expect(said[1]).toMatch(/^⚠ Turned on again, these will not work: .*· 3 people\.$/);
  });

  it("warns of passkeys that name no model: an allow list is the end of them", () => {
    expect(lines(nameless)).toContainEqual(
      "⚠ 2 people use a passkey that names no model, as platforms without attestation make them: it cannot be put on an allow list and does not work under one.",
    );
    expect(lines({ usage: [] }).join()).not.toContain("names no model");
    expect(lines(nameless, {}, { keyRestrictions: UNRESTRICTED }).join()).not.toContain("names no model");
    expect(lines(nameless, {}, { state: "disabled" }).join()).not.toContain("names no model");
  });

  it("warns of models that the list allows and the FIDO metadata warns of, in words", () => {
    const modelWarnings = {
      [YUBIKEY_NEO]: "REVOKED, USER_VERIFICATION_BYPASS",
      [FEITIAN]: "SOME_NEW_STATUS",
    };
    expect(lines({ modelWarnings })).toContainEqual(
      "⚠ The FIDO metadata warns of 2 models this list allows: Feitian ePass FIDO2 (some new status) and YubiKey NEO (revoked, user verification can be bypassed).",
    );
    expect(lines({ modelWarnings }, { keyRestrictions: UNRESTRICTED }, NEO_ONLY).join()).toContain(
      "1 model this list allows: YubiKey",
    );
  });

  it("does not warn of models that the plan takes off the list, but marks them where they stand", () => {
    const modelWarnings = { [FEITIAN]: "REVOKED" };
    expect(lines({ modelWarnings }, {}, NEO_ONLY).join()).not.toContain("FIDO metadata");
    const plan = enablePlan({ proposal: proposal(policy(), policy(NEO_ONLY), { modelWarnings }) });
    expect(words(planCard(plan, OTHERS))).toContain("−\u00a0Feitian ePass FIDO2 (⚠ revoked) · 20 people");
    expect(words(planDetails(plan, OTHERS))).toContain(
      `Feitian ePass FIDO2 (⚠ revoked) · 20 people · ${FEITIAN}`,
    );
  });

  it("says once that a list without attestation is a convention, however many profiles have one", () => {
    const before = profilesPolicy();
    const keyRestrictions = allow([YUBIKEY_NEO]);
    const after = {
      ...before,
      passkeyProfiles: (before.passkeyProfiles as JsonObject[]).map((profile) => ({
        ...profile,
        attestationEnforcement: "disabled",
        keyRestrictions,
      })),
    };
    const said = words(planCard(enablePlan({ proposal: proposal(before, after) }), OTHERS));
    expect(said.match(/is a convention, not a control/g)).toHaveLength(1);
  });
});

describe("a tenant with passkey profiles", () => {
  it("says for whom passkeys are turned on, also where that stays as it is", () => {
    const before = profilesPolicy({ state: "disabled" });
    const said = words(planCard(enablePlan({ proposal: proposal(before, profilesPolicy()) }), OTHERS));
    expect(said).toContain("Who: all users (Default passkey profile, synced) (as it is)\n");
  });

  it("names the profile in every line about one", () => {
    const after = profilesPolicy({}, { keyRestrictions: UNRESTRICTED, passkeyTypes: "deviceBound" });
    const said = words(planCard(enablePlan({ proposal: proposal(profilesPolicy(), after) }), OTHERS));
    expect(said).toContain("Which models · Default passkey profile");
    expect(said).toContain("Kinds of passkey · Default passkey profile");
    expect(said).toContain("Attestation · Default passkey profile: enforced (as it is)");
  });
});
