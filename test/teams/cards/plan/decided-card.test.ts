import { describe, expect, it } from "vitest";
import { personId } from "../../../../src/core/person.js";
import type { FoundPolicy, Plan, PlanState } from "../../../../src/core/plan/plan.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import type { PlanView } from "../../../../src/teams/cards/plan/plan-view.js";
import { elementsOf } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import { crowdedPlan } from "./large-plans.js";
import {
  APPROVAL,
  AT,
  enablePlan,
  LATER,
  OTHERS,
  policy,
  proposal,
  REQUEST,
  REQUESTER_VIEW,
  STATES,
  YUBIKEY_NEO,
} from "./sample-plans.js";

describe("a plan that is no longer waiting", () => {
  it("looks like this when it is applied", async () => {
    const plan = enablePlan({ state: STATES.applied as PlanState, approvals: [APPROVAL] });
    await expect(pretty(planCard(plan, OTHERS))).toMatchFileSnapshot("../snapshots/applied.snap");
  });

  it.each<[string, string]>([
    ["applying", "Being applied"],
    ["applied", `Graph request ${REQUEST}`],
    ["refused", "It answered 400: Value is invalid."],
    ["unknown", "It is not known yet whether the change was written."],
    ["rejected", "Reason: Pilot first"],
    ["cancelled", "Cancelled by Ada Lovelace"],
    ["expired", "without enough approvals"],
    ["superseded", "already is as this plan wanted it"],
    ["neverKnown", "It was never found out whether the change was written"],
  ])("cannot be decided again, says what became of it and what to say next: %s", (state, said) => {
    const card = planCard(enablePlan({ state: STATES[state] as PlanState, approvals: [APPROVAL] }), OTHERS);
    // More is added to the list than a decided card shows.
    expect(titles(card)).toEqual(
      state === "applying" || state === "unknown"
        ? []
        : [state === "applied" ? "Show what was changed" : "Show all"],
    );
    expect(words(card)).toContain(said);
    expect(words(card)).toContain("Next: ");
  });

  it.each([
    ["write-throttled", "takes no more changes from this tenant at the moment, and asked Latchkey"],
    ["graph-throttled", "is busy with this tenant, and asked Latchkey"],
    ["graph-too-slow", "took too long to answer"],
  ] as const)("says until when it waits for Graph, and may be ended: %s", (fault, why) => {
    const state = { ...STATES.putOff, putOff: { at: LATER, until: "2026-11-22T10:48:00.000Z", fault } };
    const plan = enablePlan({ state: state as PlanState, approvals: [APPROVAL] });
    const said = words(planCard(plan, OTHERS));
    expect(said).toContain("Waiting for Graph");
    expect(said).toContain(why);
    expect(said).toContain("{{TIME(2026-11-22T10:48:00Z)}}");
    expect(said).toContain("Nothing was written so far.");
    expect(titles(planCard(plan, OTHERS))).toEqual(["Reject"]);
    expect(titles(planCard(plan, REQUESTER_VIEW))).toEqual(["Cancel"]);
    expect(titles(planCard(plan, { ...OTHERS, viewer: "onlooker" }))).toEqual([]);
  });

  it("shows of a policy that is neither how it differs from both, and who wrote it", () => {
    const plan = enablePlan();
    const { before } = plan.proposal;
    const restriction = { mode: "allow", aaguids: [YUBIKEY_NEO as Aaguid] } as const;
    const found: FoundPolicy = {
      at: AT,
      policy: before,
      sinceBefore: [
        { setting: "self-service", before: true, after: false },
        {
          setting: "restriction",
          before: { mode: "any" },
          after: restriction,
          added: restriction.aaguids,
          removed: [],
        },
      ],
      besideWanted: [{ setting: "state", before: "enabled", after: "disabled" }],
      writers: [{ name: "Mallory *M*", at: AT }],
      modelNames: { [YUBIKEY_NEO]: "YubiKey NEO" },
      groupNames: {},
    };
    const state = { ...STATES.unknown, seen: "something-else", found } as PlanState;
    const said = words(planCard({ ...plan, state }, OTHERS));
    expect(said).toContain("a person has to decide");
    expect(said).toMatch(/Compared with before:\n• Self-service set-up: allowed → not allowed\n/);
    expect(said).toContain("Which models: any → 1 allowed; added YubiKey NEO");
    expect(said).toMatch(/Compared with what was planned:\n• Passkeys \(FIDO2\): on → off\n/);
    expect(said).toContain("also written by Mallory \\*M\\*");
    const quiet = { ...state, found: { ...found, writers: [], besideWanted: [] } } as PlanState;
    expect(words(planCard({ ...plan, state: quiet }, OTHERS))).toMatch(/no difference\n.*names nobody else/);
  });

  it("says what came back beside what was asked for, and who loses by it, by name where people may be named", () => {
    const plan = enablePlan();
    const { after } = plan.proposal;
    const person = { id: personId("p-1"), name: "Mary *M*", isAdmin: true, models: [] };
    const losing = {
      kind: "by-scan",
      scanFrom: AT,
      complete: true,
      losing: [person],
      keepingAnother: 2,
    } as const;
    const beside: FoundPolicy = {
      at: AT,
      policy: after,
      sinceBefore: [],
      besideWanted: [{ setting: "self-service", before: true, after: false }],
      writers: [],
      modelNames: {},
      groupNames: {},
      losing,
    };
    const drawn = (found: FoundPolicy, view: PlanView = OTHERS) =>
      words(planCard({ ...plan, state: { ...STATES.applied, beside: found } as PlanState }, view));
    const said = drawn(beside, { ...OTHERS, names: "shown" });
    expect(said).toContain("Applied, and more changed");
    expect(said).toContain("More came back than was asked for");
    expect(said).toContain(
      "1 person loses passkey sign-in by it**; 2 people lose one passkey and keep another",
    );
    expect(said).toMatch(/Mary \S*M\S* \(administrator\)/);
    expect(said).toContain("Besides what was planned:\n• Self-service set-up: allowed → not allowed");
    expect(said).not.toContain("Nobody lost");
    const counted = drawn(beside, { ...OTHERS, names: "counted" });
    expect(counted).not.toContain("Mary");
    expect(counted).toContain(`\`evidence ${plan.number}\` names them`);
    const { losing: _, ...harmless } = beside;
    expect(drawn(harmless)).toContain("Applied and verified");
    expect(drawn(harmless)).toContain("More came back than was asked for");
    expect(drawn({ ...beside, losing: { kind: "not-known" } })).toContain("could not be found out");
  });

  it("does not offer to close a plan that is being applied: that would be refused", () => {
    const said = words(planCard(enablePlan({ state: STATES.applying as PlanState }), OTHERS));
    expect(said).toContain("show 12");
    expect(said).not.toContain("cancel 12");
  });

  it("can be leafed through and left where somebody has Show all open", () => {
    const plan = { ...crowdedPlan(120), state: STATES.applied as PlanState };
    expect(titles(planDetails(plan, OTHERS, 2))).toEqual(["Previous page", "Next page", "Show less"]);
  });

  it("says how to close a plan whose outcome stays unknown", () => {
    const said = words(planCard(enablePlan({ state: STATES.unknown as PlanState }), OTHERS));
    expect(said).toMatch(/cancel 12\s+closes the plan/);
  });

  it("says that the outcome was never known, not that nothing was written", () => {
    const said = words(planCard(enablePlan({ state: STATES.neverKnown as PlanState }), OTHERS));
    expect(said).toContain("? Outcome never known");
    expect(said).not.toMatch(/nothing was written/i);
    expect(said).toContain("Closed by Ada Lovelace at {{TIME(2026-11-22T10:47:00Z)}}.");
  });

  it("is short: what came of it, by whom and when, and what was changed, nothing of what stayed", () => {
    const card = planCard(enablePlan({ state: STATES.applied as PlanState, approvals: [APPROVAL] }), OTHERS);
    const [band] = elementsOf(card, "Container");
    expect(elementsOf(band, "TextBlock")).toHaveLength(2);
    const said = words(card);
    expect(said).not.toMatch(/\(as it is\)|⚠|Needs \d/);
    // The list counts them, and they are said once.
    expect(said).toMatch(/\+\u00a04 more/);
    expect(said).not.toContain("more change");
    expect(said.split("\n").length).toBeLessThan(32);
  });

  it("counts what no line of it says", () => {
    const settings = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`setting${at}`, at]));
    const made = proposal(policy(), policy(settings));
    const said = words(planCard(enablePlan({ proposal: made, state: STATES.applied as PlanState }), OTHERS));
    expect(said).toContain("3 more changes.");
  });

  it("has nothing to press where it shows all there is", () => {
    const made = proposal(policy(), policy({ isAttestationEnforced: true }));
    const card = planCard(enablePlan({ proposal: made, state: STATES.applied as PlanState }), OTHERS);
    expect(titles(card)).toEqual([]);
    expect(words(card)).not.toContain("more change");
  });

  it("compares with before once it is applied; now is the policy as it is then", () => {
    const head = (plan: Plan) =>
      words(planCard(plan, OTHERS))
        .match(/Setting\n(\w+)\n(\w+)/)
        ?.slice(1);
    expect(head(enablePlan())).toEqual(["Now", "After"]);
    for (const state of ["applying", "unknown", "applied"])
      expect(head(enablePlan({ state: STATES[state] as PlanState }))).toEqual(["Before", "After"]);
    for (const state of ["refused", "rejected", "cancelled", "expired", "superseded"])
      expect(head(enablePlan({ state: STATES[state] as PlanState }))).toEqual(["Was", "Asked"]);
  });

  it("says who else changed the policy meanwhile", () => {
    const applied = { ...STATES.applied, otherWriters: [{ name: "Mallory", at: AT }] } as PlanState;
    expect(words(planCard(enablePlan({ state: applied }), OTHERS))).toContain(
      "Mallory changed the policy too",
    );
  });

  it("counts entries of the audit log that could not be read, and names no person for them", () => {
    const unread = { name: "someone unread", at: AT, isUnread: true };
    const applied = { ...STATES.applied, otherWriters: [unread, unread] } as PlanState;
    const said = words(planCard(enablePlan({ state: applied }), OTHERS));
    expect(said).toContain("2 entries of Entra's audit log about the policy could not be read");
    expect(said).not.toContain("someone unread");
  });
});
