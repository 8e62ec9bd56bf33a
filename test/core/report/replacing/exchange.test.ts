import { describe, expect, it } from "vitest";
import { findExchange } from "../../../../src/core/report/replacing/exchange.js";
import { ProposalStory } from "../../plan/proposal-story.js";

async function exchanged(from: string, to: string) {
  const { world, rules } = new ProposalStory();
  world.addGroup("id of Pilot", "Pilot");
  world.addGroup("id of Helpdesk", "Helpdesk");
  const search = (name: string) =>
    ["Titan", "YubiKey"].includes(name) ? [{ model: {} as never, match: "same" as const }] : [];
  const catalogue = { ...world.ports.catalogue, search };
  return findExchange({ ...world.ports, catalogue }, rules, { from, to });
}

describe("one thing in the place of another", () => {
  it("is of groups or of models, as they are called", async () => {
    expect(await exchanged("Pilot", "the Helpdesk")).toMatchObject({
      kind: "groups",
      from: { name: "Pilot" },
      to: { name: "Helpdesk" },
    });
    expect(await exchanged("Titan", "YubiKey")).toEqual({ kind: "models", from: "Titan", to: "YubiKey" });
  });

  it.each([
    ["Pilott", "Helpdesk"],
    ["Pilot", "Helpdeskk"],
    ["Pilot", "YubiKey"],
  ])("is refused where one of them is not there: %s and %s", async (from, to) => {
    expect(await exchanged(from, to)).toMatchObject({ code: "unknown-group" });
  });
});
