import { describe, expect, it } from "vitest";
import { onlyModels } from "../../../../src/core/report/replacing/only-models.js";
import { ProposalStory } from "../../plan/proposal-story.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../../policy/sample-policies.js";

const TITAN = "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3";
const NAMES: Readonly<Record<string, string>> = {
  [YUBIKEY_5_NFC]: "YubiKey 5 NFC",
  [YUBIKEY_5C]: "YubiKey 5C",
  [TITAN]: "Titan",
};

async function only(policy: ReturnType<typeof legacyPolicy>, typed: string) {
  const { world, rules } = new ProposalStory();
  world.policy = policy;
  const model = (aaguid: string) => ({
    aaguid: aaguid as never,
    name: NAMES[aaguid] ?? aaguid,
    kind: "security-key" as const,
    warnings: [],
    source: "fido" as const,
  });
  const found = await onlyModels(
    { ...world.ports, catalogue: { ...world.ports.catalogue, model } },
    rules,
    typed,
  );
  if (found.kind === "refusal") return found;
  const { kept, others, ...rest } = found;
  const namesOf = (models: typeof kept) => models.map((each) => each.model.name);
  return { ...rest, kept: namesOf(kept), others: namesOf(others) };
}

const listed = (enforcementType: "allow" | "block", ...aaGuids: readonly string[]) =>
  legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType, aaGuids } });

describe("nothing but some models", () => {
  it("parts the allow list in those that stay and those that go", async () => {
    const policy = listed("allow", YUBIKEY_5_NFC, TITAN, YUBIKEY_5C);
    expect(await only(policy, "all YubiKeys")).toMatchObject({
      mode: "allow",
      kept: ["YubiKey 5 NFC", "YubiKey 5C"],
      others: ["Titan"],
    });
    expect(await only(policy, "hardware keys")).toMatchObject({ others: [] });
  });

  it("names the profile whose list it is", async () => {
    expect(await only(profilesPolicy(), "YubiKey 5 NFC")).toMatchObject({
      profile: "Default passkey profile",
    });
  });

  it.each(["Nymi Band", "keys"])("refuses what no model of the list is called: %s", async (typed) => {
    expect(await only(listed("allow", TITAN), typed)).toMatchObject({ code: "unknown-model", typed });
  });
});
