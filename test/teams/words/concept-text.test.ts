import { describe, expect, it } from "vitest";
import { CONCEPTS, type Concept } from "../../../src/core/command/asking/concepts.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { conceptText } from "../../../src/teams/words/explain/concept-text.js";
import { legacyPolicy, profilesPolicy } from "../../core/policy/sample-policies.js";

const ALL = Object.keys(CONCEPTS) as readonly Concept[];
const POLICIES = [legacyPolicy(), profilesPolicy()].map(parsePolicy);

describe("an explanation", () => {
  it.each(ALL)("of %s is short, and every command it offers is understood", (concept) => {
    for (const policy of [undefined, ...POLICIES]) {
      const said = conceptText({ concept, policy });
      const offered = [...said.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command);
      expect(said.length).toBeLessThan(700);
      expect(offered.length).toBeGreaterThan(0);
      expect(offered.map((command) => parseCommand(command).kind)).toEqual(offered.map(() => "command"));
    }
  });

  it("says how it is in this tenant", () => {
    const of = (changes: object) => parsePolicy(legacyPolicy({ ...changes }));
    const said = (isAttestationEnforced: boolean) =>
      conceptText({ concept: "attestation", policy: of({ isAttestationEnforced }) });
    expect(said(true)).toContain("Here: enforced.");
    expect(said(false)).toContain("Here: not enforced.");
    expect(conceptText({ concept: "attestation", policy: undefined })).not.toContain("Here");
  });
});
