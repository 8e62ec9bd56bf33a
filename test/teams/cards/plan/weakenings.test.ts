import { describe, expect, it } from "vitest";
import type { Weakening } from "../../../../src/core/impact/weakenings.js";
import type { Plan, PlanState } from "../../../../src/core/plan/plan.js";
import { driftCard } from "../../../../src/teams/cards/drift/drift-card.js";
import type { AdaptiveCard, Container } from "../../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { elementsOf } from "../adaptive-card-schema.js";
import { aDrift, ENDS } from "../drift/sample-drifts.js";
import {
  allow,
  enablePlan,
  FEITIAN,
  OTHERS,
  policy,
  proposal,
  STATES,
  UNRESTRICTED,
  YUBIKEY_NEO,
} from "./sample-plans.js";

/** The lines of the first band of a card, if it is as loud as a loss of sign-in. */
function loudLines(card: AdaptiveCard): readonly string[] {
  const [first] = elementsOf(card, "Container") as unknown as readonly Container[];
  return first?.style === "attention"
    ? elementsOf(first, "TextBlock").map((block) => String(block.text))
    : [];
}

function planOf(before: Parameters<typeof policy>[0], after: Parameters<typeof policy>[0]): Plan {
  return enablePlan({ proposal: proposal(policy(before), policy(after)) });
}

describe("what a plan makes weaker", () => {
  const weak = planOf({ isAttestationEnforced: true }, { keyRestrictions: UNRESTRICTED });

  it("is the first thing on the card and on every page of Show all, a line for each, as loud as a loss", () => {
    for (const card of [planCard(weak, OTHERS), planDetails(weak, OTHERS), planDetails(weak, OTHERS, 2)]) {
      expect(loudLines(card)).toEqual([
        "⚠ **Attestation is no longer enforced**: a modified authenticator can claim to be any model.",
        "⚠ **The restriction ends**: only listed models worked, and any will.",
      ]);
    }
  });

  it("names the models that are no longer blocked", () => {
    const blocked = { keyRestrictions: allow([FEITIAN, YUBIKEY_NEO], "block") };
    expect(loudLines(planCard(planOf(blocked, { keyRestrictions: allow([], "block") }), OTHERS))).toEqual([
      "⚠ **The list of blocked models is emptied**: Feitian ePass FIDO2 and YubiKey NEO will work.",
    ]);
    expect(
      loudLines(planCard(planOf(blocked, { keyRestrictions: allow([FEITIAN], "block") }), OTHERS)),
    ).toEqual(["⚠ **1 model is no longer blocked**: YubiKey NEO will work."]);
  });

  it("is that fewer approvers are needed than for the plan applied last", () => {
    const fewer: Weakening = { kind: "fewer-approvals", before: 2, now: 1, lastPlan: 11 };
    const plan = enablePlan();
    const card = planCard({ ...plan, proposal: { ...plan.proposal, weakenings: [fewer] } }, OTHERS);
    expect(loudLines(card)).toEqual([
      "⚠ **1 approval is enough**, where plan #11, the last one applied, needed 2.",
    ]);
  });

  it("is that who asked may approve, which was not so for the plan applied last", () => {
    const plan = enablePlan();
    const weakenings: readonly Weakening[] = [{ kind: "self-approval-allowed", lastPlan: 11 }];
    expect(loudLines(planCard({ ...plan, proposal: { ...plan.proposal, weakenings } }, OTHERS))).toEqual([
      "⚠ **Who asked for this may approve it**, which plan #11, the last one applied, did not allow.",
    ]);
  });

  it("is that less is asked of an approver's sign-in than for the plan applied last", () => {
    const plan = enablePlan();
    const dropped = ["c1", "phishing-resistant"];
    const weakenings: readonly Weakening[] = [{ kind: "sign-in-demands-dropped", dropped, lastPlan: 11 }];
    expect(loudLines(planCard({ ...plan, proposal: { ...plan.proposal, weakenings } }, OTHERS))).toEqual([
      "⚠ **Less is asked of who approves**: plan #11, the last one applied, took the authentication context c1 and a sign-in with a passkey or a security key.",
    ]);
  });

  it("is not there where nothing becomes weaker, in plans of before, and once the plan is decided", () => {
    expect(loudLines(planCard(enablePlan(), OTHERS))).toEqual([]);
    const { weakenings: _, ...older } = weak.proposal;
    expect(loudLines(planCard({ ...weak, proposal: older }, OTHERS))).toEqual([]);
    expect(loudLines(planCard({ ...weak, state: STATES.applied as PlanState }, OTHERS))).toEqual([]);
  });
});

describe("what a drift made weaker", () => {
  const { proposal: difference } = planOf({ isAttestationEnforced: true }, {});

  it("is the first thing on its card while it is open", () => {
    expect(loudLines(driftCard(aDrift({ difference }), { names: "counted" }))).toEqual([
      "⚠ **Attestation is no longer enforced**: a modified authenticator can claim to be any model.",
    ]);
    for (const state of ENDS) {
      expect(loudLines(driftCard(aDrift({ difference, state }), { names: "counted" }))).toEqual([]);
    }
  });
});
