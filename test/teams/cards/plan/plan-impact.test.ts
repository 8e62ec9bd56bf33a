import { describe, expect, it } from "vitest";
import type { Coverage } from "../../../../src/core/impact/impact.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import type { PlanView } from "../../../../src/teams/cards/plan/plan-view.js";
import { pretty, titles, words } from "../card-words.js";
import { crowd, hugePlan } from "./large-plans.js";
import {
  enablePlan,
  FEITIAN,
  impact,
  LOSING,
  narrowingPlan,
  OTHERS,
  REQUESTER_VIEW,
  ROOM_VIEW,
  unreadPlan,
  YUBIKEY_NEO,
} from "./sample-plans.js";

const scan = (change: Partial<Coverage>): Partial<ReturnType<typeof impact>> => ({
  losing: [],
  keepingAnother: [],
  modelsCutOff: [],
  coverage: { ...impact().coverage, ...change },
});
const warned = (plan: Plan, modelWarnings: Record<string, string>): Plan => ({
  ...plan,
  proposal: { ...plan.proposal, modelWarnings },
});

describe("a plan that takes sign-in from people", () => {
  it("looks like this in an approval room", async () => {
    await expect(pretty(planCard(narrowingPlan(), ROOM_VIEW))).toMatchFileSnapshot(
      "../snapshots/narrowing.snap",
    );
  });

  it("names them in an approval room only; elsewhere it counts them", () => {
    expect(words(planCard(narrowingPlan(), ROOM_VIEW))).toContain(
      "Mary Shelley (administrator) · Alan Kay · Barbara Liskov",
    );
    const elsewhere = words(planCard(narrowingPlan(), OTHERS));
    expect(elsewhere).toContain("3 people lose passkey sign-in");
    expect(elsewhere).toContain("1 of them is an administrator. Show all names them, to you alone.");
    for (const { name } of LOSING) expect(elsewhere).not.toContain(name);
  });

  it("marks emergency accounts, and counts them where nobody is named", () => {
    const [first, ...rest] = LOSING;
    const losing = first === undefined ? [] : [{ ...first, emergency: true as const }, ...rest];
    expect(words(planCard(narrowingPlan({}, { losing }), ROOM_VIEW))).toContain(
      "Mary Shelley (emergency account, administrator) · Alan Kay",
    );
    expect(words(planCard(narrowingPlan({}, { losing }), OTHERS))).toContain(
      "1 of them is an emergency account, 1 of them is an administrator.",
    );
  });

  it("tells apart who keeps another passkey", () => {
    expect(words(planCard(narrowingPlan(), ROOM_VIEW))).toContain(
      "9 more lose a passkey and keep another one.",
    );
    const nobodyLoses = words(planCard(narrowingPlan({}, { losing: [] }), ROOM_VIEW));
    expect(nobodyLoses).toContain("Nobody loses passkey sign-in.");
    expect(nobodyLoses).toContain("9 people lose a passkey and keep another one.");
  });

  it("says which models stop working, by name, the first of many", () => {
    expect(words(planCard(narrowingPlan(), OTHERS))).toContain(
      "What stops working: YubiKey NEO (12 people).",
    );
    const many = [YUBIKEY_NEO, FEITIAN, YUBIKEY_NEO, FEITIAN, FEITIAN];
    const modelsCutOff = many.map((aaguid) => ({ aaguid, people: 1 }));
    expect(words(planCard(narrowingPlan({}, { modelsCutOff }), OTHERS))).toContain(
      "Feitian ePass FIDO2 (1 person), YubiKey NEO (1 person) and 2 more.",
    );
  });

  it("says of each model what the FIDO metadata warns of", () => {
    const said = words(planCard(warned(narrowingPlan(), { [YUBIKEY_NEO]: "REVOKED" }), OTHERS));
    expect(said).toContain("What stops working: YubiKey NEO (⚠ revoked) (12 people).");
    expect(said).toContain("−\u00a0YubiKey NEO (⚠ revoked) · 12 people");
  });

  it("counts those it has no room for", () => {
    expect(words(planCard(hugePlan(), ROOM_VIEW))).toContain("and 4,990 more: Show all");
  });
});

describe("a plan whose scan bears no approval", () => {
  const INCOMPLETE: PlanView = { ...OTHERS, scan: "incomplete" };
  const TOO_OLD: PlanView = { ...OTHERS, scan: "too-old" };

  it("offers Scan now in the place of Approve, to the requester as to others", () => {
    for (const view of [INCOMPLETE, TOO_OLD]) {
      expect(titles(planCard(unreadPlan(), view))).toEqual(["Scan now", "Reject", "Show all"]);
      const own: PlanView = { ...REQUESTER_VIEW, scan: view.scan };
      expect(titles(planCard(unreadPlan(), own))).toEqual(["Scan now", "Cancel", "Show all"]);
    }
  });

  it("says so with the verb and the data of every other button", () => {
    expect(planCard(unreadPlan(), INCOMPLETE).actions?.[0]).toMatchObject({
      verb: "scan",
      data: { planId: 13, revision: 1 },
      fallback: { data: { planId: 13, revision: 1, verb: "scan" } },
    });
  });

  it("says what Scan now does", () => {
    const said = words(planCard(unreadPlan(), INCOMPLETE));
    expect(said).toContain("Cannot be approved as it is. Scan now reads who has which passkey");
    expect(said).toContain("shows this plan anew with what it found; the policy is not touched.");
  });

  it("admits that it could not tell, with whom it could not read where people may be named", () => {
    const said = words(planCard(unreadPlan(), INCOMPLETE));
    expect(said).toContain("Could not tell whether anyone loses passkey sign-in.");
    expect(said).toContain("The passkeys of 3 people could not be read. This plan can be approved only when");
    expect(words(planCard(unreadPlan(), { ...INCOMPLETE, names: "shown" }))).toContain(
      "could not be read: Mary Shelley (administrator) · Alan Kay · Barbara Liskov.",
    );
  });

  it("counts those who could not be read and are not in the list of the first of them", () => {
    const { coverage } = unreadPlan().proposal.impact;
    const plan = narrowingPlan({}, { losing: [], coverage: { ...coverage, unreadCount: 4_000 } });
    const said = words(planCard(plan, { ...ROOM_VIEW, scan: "incomplete" }));
    expect(said).toContain("The passkeys of 4,000 people could not be read: ");
    expect(said).toContain("Barbara Liskov · 3,997 more.");
  });

  it("counts the age of a scan from when it began", () => {
    const said = words(planCard(narrowingPlan({}, { losing: [] }), TOO_OLD));
    expect(said).toContain("The scan that began {{DATE(2026-11-22T10:20:00Z");
    expect(said).toContain("too old to decide on");
  });

  it("never says that nobody loses sign-in when not everybody was read", () => {
    const room: PlanView = { ...ROOM_VIEW, scan: "incomplete" };
    expect(words(planCard(unreadPlan(), room))).not.toContain("Nobody loses");
    expect(words(planCard(unreadPlan(LOSING), room))).toContain("At least 3 people lose");
  });
});

describe("what an impact rests on", () => {
  const brief = (change: Partial<Coverage>) => words(planCard(enablePlanWith(scan(change)), OTHERS));
  const inFull = (change: Partial<Coverage>) => words(planDetails(enablePlanWith(scan(change)), OTHERS));
  const enablePlanWith = (changes: Partial<ReturnType<typeof impact>>): Plan => {
    const plan = enablePlan();
    return { ...plan, proposal: { ...plan.proposal, impact: impact(changes) } };
  };
  const CHANGES: Partial<Coverage> = {
    kind: "changes",
    asked: 214,
    carried: 200,
    gone: 2,
    fullSince: "2026-11-20T08:00:00.000Z",
  };

  it("is one line on the card: how many, all of them or not, when", () => {
    expect(brief({})).toContain("214 people with passkeys, all read at {{TIME(2026-11-22T10:40:00Z)}}.");
    expect(brief({ complete: false, unreadCount: 3 })).toContain(
      "211 of 214 people read at {{TIME(2026-11-22T10:40:00Z)}}.",
    );
    expect(brief(CHANGES)).toContain(
      "214 people with passkeys: 12 read at {{TIME(2026-11-22T10:40:00Z)}}, the others taken over from the scan before.",
    );
    expect(brief({ ...CHANGES, complete: false, unreadCount: 3 })).toContain(
      "9 read at {{TIME(2026-11-22T10:40:00Z)}}, 3 could not be read, the others taken over",
    );
  });

  it("says where the report lags, and entries that could not be read, also in the headline", () => {
    expect(brief({ recentIncluded: false })).toContain(" Passkeys of the last 36 hours may be missing.");
    expect(brief({ oddEntries: 1 })).toContain(" 1 entry of Entra's report or audit log could not be read");
    expect(inFull({ oddEntries: 3 })).toContain(
      "Not covered: the people meant by 3 entries of Entra's report or audit log that could not be read.",
    );
    expect(brief({})).not.toMatch(/may be missing|could not be read/);
  });

  it("says how many enabled accounts the report leaves out, in the headline too, and that it was not counted", () => {
    const accounts = { enabled: 4_900, disabled: 12 };
    const left = "The report has 4,812 of 4,900 enabled accounts: 88 people may be missing.";
    expect(brief({ accounts, reportRows: 4_812 })).toContain(` ${left}`);
    expect(inFull({ accounts, reportRows: 4_812 })).toContain(`${left} Guests may be among them`);
    expect(brief({ accounts, reportRows: 4_900 })).not.toContain("The report has");
    expect(inFull({})).toContain("how many these are was not counted");
    expect(inFull({ accounts, reportRows: 4_900 })).not.toContain("leaves out: how many");
  });

  it("speaks of disabled accounts by their number, and not where there are none", () => {
    const narrowing = (disabled: number) =>
      words(planCard(narrowingPlan({}, scan({ accounts: { enabled: 9, disabled } })), OTHERS));
    expect(inFull({ accounts: { enabled: 9, disabled: 12 } })).toContain("12 of the tenant's accounts");
    expect(inFull({ accounts: { enabled: 9, disabled: 0 } })).not.toContain("disabled");
    expect(narrowing(12)).not.toContain("People whose account is disabled");
  });

  it("is told in full behind Show all: what became of everybody asked about", () => {
    const said = inFull({ ...CHANGES, complete: false, unreadCount: 3 });
    expect(said).toContain("What was scanned");
    expect(said).toContain(
      "214 people asked about · 9 read · 200 taken over from the scan before · 2 deleted meanwhile · 3 could not be read",
    );
    expect(said).toContain(
      "Only what changed was read, the rest was taken over; the last full scan began {{DATE(2026-11-20",
    );
  });

  it.each<[string, Partial<Coverage>, string]>([
    ["a full scan", {}, "A full scan: everybody was read."],
    ["when", {}, "ended {{TIME(2026-11-22T10:40:00Z)}}"],
    ["the report and the audit log", {}, "Asked about: people with passkeys by Entra's report, which lags"],
    ["every account", { path: "all-users" }, "no Entra ID P1 or P2 and so no report: every enabled account"],
    ["disabled accounts", {}, "Not covered: people whose account is disabled, whom the report leaves out."],
    ["disabled accounts without a report", { path: "all-users" }, "Not covered: people whose account is"],
    ["the report's lag", { recentIncluded: false }, "Not covered: passkeys registered in the last 36 hours"],
  ])("says of %s", (_, change, said) => {
    expect(inFull(change)).toContain(said);
  });

  it("does not speak of a lag that there is not", () => {
    expect(inFull({ recentIncluded: true })).not.toContain("Not covered: passkeys registered");
    expect(inFull({ path: "all-users", recentIncluded: false })).not.toContain("36 hours");
  });

  it("is what a plan that narrows warns of, where the scan may have missed somebody", () => {
    const warning = (change: Partial<Coverage>) => words(planCard(narrowingPlan({}, scan(change)), OTHERS));
    expect(warning({ recentIncluded: false })).toContain("⚠ Entra's report lags up to 36 hours");
    expect(warning({})).not.toContain("36 hours");
    expect(warning({})).toContain("⚠ People whose account is disabled may not be in the scan");
    expect(brief({ recentIncluded: false })).not.toContain("⚠ Entra's report");
  });

  it("speaks of one person as of one", () => {
    expect(inFull({ asked: 1, keyholders: 1 })).toContain("1 person has at least one passkey.");
  });
});

describe("Show all", () => {
  it("names each person with the models they lose", () => {
    const said = words(planDetails(narrowingPlan(), OTHERS));
    expect(said).toContain(
      "Lose passkey sign-in (3)\nMary Shelley (administrator): YubiKey NEO\n\nAlan Kay: ",
    );
    expect(said).toContain("Lose a passkey and keep another (9)\nKeeper 0: YubiKey NEO");
  });

  it("names at most three models for one person", () => {
    const [person] = crowd(1);
    const models = [YUBIKEY_NEO, FEITIAN, FEITIAN, FEITIAN];
    const losing = person === undefined ? [] : [{ ...person, models }];
    expect(words(planDetails(narrowingPlan({}, { losing }), OTHERS))).toContain(
      "Person 1: YubiKey NEO, Feitian ePass FIDO2, Feitian ePass FIDO2 and 1 more",
    );
  });
});
