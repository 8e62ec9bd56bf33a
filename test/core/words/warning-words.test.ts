import { describe, expect, it } from "vitest";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { BARE } from "../../../src/core/words/medium.js";
import { warningWords } from "../../../src/core/words/warning-words.js";
import { YUBIKEY_5_NFC, YUBIKEY_5C } from "../policy/sample-policies.js";

const REAL = "1a2b3c4d-1111-4111-8111-111111111111";
const FAKE = "9f8e7d6c-1111-4111-8111-111111111111";
const NAMED = {
  modelNames: {},
  usage: [],
  groupNames: { [REAL]: "Helpdesk", [FAKE]: "Hеlpdesk" },
  groupFacts: { [REAL]: { people: 36 }, [FAKE]: {} },
};
const words = (warning: Parameters<typeof warningWords>[0]) => warningWords(warning, NAMED, BARE);

describe("what an approver is told of a plan's groups", () => {
  it("is which others look the same, each with people and id, and that either may be the right one", () => {
    const warning = { kind: "group-looks-alike", group: REAL, others: [FAKE], more: 0 } as const;
    expect(words(warning)).toBe(
      "Another group looks the same as Helpdesk (36 people, 1a2b3c4d): Hеlpdesk (number of people unknown, 9f8e7d6c). Make sure that this plan names the right one.",
    );
    expect(words({ ...warning, more: 2 })).toMatch(/^Other groups look the same .*9f8e7d6c\) and 2 more\. /);
  });

  it("is that others may have been missed", () => {
    expect(words({ kind: "look-alikes-not-looked-for", lookedAt: 0 })).toMatch(
      /^The tenant's groups could not be read/,
    );
    expect(words({ kind: "look-alikes-not-looked-for", lookedAt: 19_980 })).toMatch(/^Only 19,980 of /);
  });

  it("is that people cannot register through a group of its kind", () => {
    const team = { kind: "group-not-security", group: REAL, is: "microsoft-365" } as const;
    expect(words(team)).toMatch(
      /^Helpdesk \(36 people, 1a2b3c4d\) is a Microsoft 365 group .*security groups only/,
    );
    expect(words({ ...team, is: "distribution" })).toMatch(/is a distribution list\./);
  });
});

describe("what an approver is told of models that are left out of a list", () => {
  const [KEY, OTHER] = [YUBIKEY_5C as Aaguid, YUBIKEY_5_NFC as Aaguid];
  const models = {
    modelNames: { [KEY]: "YubiKey 5C", [OTHER]: "YubiKey 5 NFC" },
    usage: [{ aaguid: OTHER, people: 112 }],
  };
  const leftOut = {
    kind: "models-left-out",
    models: [KEY, OTHER],
    type: "deviceBound",
    profile: "Synced",
  } as const;

  it("is which and why, and how many people have each", () => {
    expect(warningWords({ ...leftOut, others: [] }, models, BARE)).toBe(
      "Left out of the list, because profile Synced admits no device-bound passkeys: YubiKey 5 NFC · 112 people and YubiKey 5C. In this profile they work for nobody. To let one in with its kind, ask allow (its name) with device-bound passkeys in this profile.",
    );
  });

  it("ends with the profiles that admit them, where there are some", () => {
    const words = warningWords({ ...leftOut, others: ["Staff", "Keys"] }, models, BARE);
    expect(words).toMatch(/in this profile, or allow it in Staff and Keys, which admit such passkeys\.$/);
  });
});

it("that a list is not proven leaves to the weakening that ends attestation what follows from it", () => {
  const warning = { kind: "list-not-proven" } as const;
  const dropped = { kind: "attestation-dropped" } as const;
  const said = (weakenings: readonly (typeof dropped)[]) =>
    warningWords(warning, { ...NAMED, weakenings }, BARE);
  expect(said([])).toMatch(/not a control: a modified authenticator can claim any model\.$/);
  expect(said([dropped])).toMatch(/not a control\.$/);
});
