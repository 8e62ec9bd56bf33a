import { describe, expect, it } from "vitest";
import type { Drift } from "../../../../src/core/drift/drift.js";
import { driftCard } from "../../../../src/teams/cards/drift/drift-card.js";
import { driftDetails } from "../../../../src/teams/cards/drift/drift-details.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { cardProblems, elementsOf } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import { GRACE, LATER } from "../plan/sample-plans.js";
import {
  aDrift,
  ENDS,
  harmlessDrift,
  hugeDrift,
  KATHERINE,
  MICROSOFT,
  unreadDrift,
} from "./sample-drifts.js";

const ROOM = { names: "shown" } as const;
const ELSEWHERE = { names: "counted" } as const;
const EVERY_DRIFT: readonly Drift[] = [
  aDrift(),
  harmlessDrift(),
  unreadDrift(),
  hugeDrift(),
  aDrift({ meaning: { kind: "no-scan" }, writers: [] }),
  aDrift({ meaning: { kind: "not-read" }, writers: [KATHERINE, MICROSOFT] }),
  ...ENDS.map((state) => aDrift({ state })),
];
const everyCard = (): readonly AdaptiveCard[] =>
  EVERY_DRIFT.flatMap((drift) => [
    driftCard(drift, ROOM),
    driftCard(drift, ELSEWHERE),
    driftDetails(drift),
    driftDetails(drift, 2),
    driftDetails(drift, 9_999),
  ]);

describe("every card of a drift", () => {
  const cards = everyCard();

  it("is a valid Adaptive Card 1.5, under 28 KB, and starts no line with what Markdown takes for a list", () => {
    for (const card of cards) {
      expect(cardProblems(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
      for (const line of words(card).split("\n")) expect(line).not.toMatch(/^[-+*−] /);
    }
  });

  it("has only buttons that carry drift, revision, digest and page in less than 200 bytes, and explain themselves to old clients", () => {
    for (const action of cards.flatMap((card) => elementsOf(card, "Action.Execute"))) {
      const { verb, data, title } = action;
      const leafs = title === "Next page" || title === "Previous page";
      expect(Object.keys(data as object)).toEqual([
        "driftId",
        "revision",
        "digest",
        ...(leafs ? ["page"] : []),
      ]);
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(200);
      expect(action.fallback).toEqual({ type: "Action.Submit", title, data: { ...(data as object), verb } });
    }
  });
});

describe("the card of an open drift", () => {
  it("looks like this", async () => {
    await expect(pretty(driftCard(aDrift(), ROOM))).toMatchFileSnapshot("../snapshots/drift-open.snap");
  });

  it("asks for a decision, with a reason where it is accepted", () => {
    const card = driftCard(aDrift(), ROOM);
    expect(titles(card)).toEqual(["Accept", "Put back", "Show all"]);
    expect(elementsOf(card, "Input.Text")).toMatchObject([
      { id: "reason", isRequired: true, maxLength: 500 },
    ]);
  });

  it("says what it was compared with, what changed, since when and by whom", () => {
    const said = words(driftCard(aDrift(), ROOM));
    expect(said).toContain("Drift 3 · the policy was changed outside Latchkey");
    expect(said).toContain("before: as applied with plan #12, approved by Grace Hopper");
    expect(said).toContain("Which models\n7 allowed\n6 allowed");
    expect(said).toContain("−\u00a0YubiKey NEO · 12 people");
    expect(said).toContain("**Changed by Katherine Johnson**");
    expect(said).toContain("It was last read unchanged at {{TIME(2026-11-22T10:32:00Z)}}.");
  });

  it("is about what is, so nothing on it stays as it is, and dates are said once", () => {
    const said = words(driftCard(harmlessDrift({ baseline: { ...aDrift().baseline, at: LATER } }), ROOM));
    expect(said).toContain("Attestation: not enforced (as before)");
    expect(said).toContain("**Changed by Katherine Johnson**, {{TIME(2026-11-22T10:44:00Z)}},");
    expect(said.match(/\{\{DATE/g)).toHaveLength(1);
  });

  it.each<[string, Partial<Drift>, string]>([
    ["while the log does not say", { writers: [] }, "Entra's audit log does not say yet"],
    ["when it is Microsoft", { writers: [MICROSOFT] }, "Microsoft Entra ID (an application)"],
    [
      "when there are several",
      { writers: [KATHERINE, MICROSOFT] },
      "Entra's audit log names Katherine Johnson (",
    ],
  ])("says who it was: %s", (_, changes, said) => {
    expect(words(driftCard(aDrift(changes), ROOM))).toContain(said);
  });

  it.each<[string, Drift["baseline"]["source"], string]>([
    ["the first read", { kind: "first-read" }, "before: as first read"],
    [
      "an accepted state",
      { kind: "accepted", driftNumber: 2, by: GRACE, reason: "x" },
      "before: as accepted with drift 2 by Grace Hopper",
    ],
  ])("names what it was compared with: %s", (_, source, said) => {
    const drift = aDrift();
    const card = driftCard({ ...drift, baseline: { ...drift.baseline, source } }, ROOM);
    expect(words(card)).toContain(said);
  });

  it("names those who lost sign-in in approval rooms, and counts them elsewhere", () => {
    const named = words(driftCard(aDrift(), ROOM));
    expect(named).toContain("**3 people lost passkey sign-in**");
    expect(named).toContain("Mary Shelley (administrator)");
    expect(named).toContain("9 people lost one passkey and kept another.");
    expect(named).toContain("What stopped working: YubiKey NEO (12 people).");
    const counted = words(driftCard(aDrift(), ELSEWHERE));
    expect(counted).toContain("**3 people lost passkey sign-in**");
    expect(counted).toContain("1 of them is an administrator. Show all names them, to you alone.");
    expect(counted).not.toContain("Mary Shelley");
  });

  it("says that nobody lost anything, and who got something back", () => {
    const said = words(driftCard(harmlessDrift(), ROOM));
    expect(said).toContain("**Nobody lost passkey sign-in.** 214 people with passkeys, all read at");
    expect(said).toContain("4 people can sign in again with a passkey");
  });

  it.each<[string, Drift, string]>([
    ["some could not be read", unreadDrift(), "Could not tell whether anybody lost passkey sign-in"],
    ["there is no scan", aDrift({ meaning: { kind: "no-scan" } }), "nobody's passkeys have been read yet"],
    ["it could not be told", aDrift({ meaning: { kind: "not-read" } }), "tried again at the next check"],
  ])("admits what is not known: %s", (_, drift, said) => {
    expect(words(driftCard(drift, ROOM))).toContain(said);
    expect(words(driftCard(drift, ROOM))).not.toContain("Nobody lost");
  });
});

describe("the card of a drift that is over", () => {
  it("looks like this when it was accepted", async () => {
    const accepted = aDrift({ state: ENDS[0] as Drift["state"] });
    await expect(pretty(driftCard(accepted, ROOM))).toMatchFileSnapshot("../snapshots/drift-accepted.snap");
  });

  it.each([
    [ENDS[0], "Reason: The help desk \\*asked\\* for it"],
    [ENDS[1], "**Put back with plan #14**, approved by Grace Hopper"],
    [ENDS[2], "without a plan of Latchkey"],
    [ENDS[3], "plan #15, approved by Ada Lovelace, set what had been changed"],
  ] as const)("has no buttons and says how it ended: %j", (state, said) => {
    const card = driftCard(aDrift({ state: state as Drift["state"] }), ROOM);
    expect(titles(card)).toEqual([]);
    expect(words(card)).toContain(said);
    expect(words(card)).toContain("As found");
  });

  it("says still whom it concerned when it was accepted, and nothing of it when it is as before", () => {
    const [accepted, , over] = ENDS.map((state) => words(driftCard(aDrift({ state }), ELSEWHERE)));
    expect(accepted).toContain("3 people lost passkey sign-in. 9 people lost one passkey and kept another.");
    expect(over).not.toContain("lost passkey sign-in");
    const unread = aDrift({ state: ENDS[0] as Drift["state"], meaning: { kind: "no-scan" } });
    expect(words(driftCard(unread, ELSEWHERE))).toContain(
      "Whether anybody lost passkey sign-in was not known then.",
    );
    const some = { ...unreadDrift(), state: ENDS[0] as Drift["state"] };
    expect(words(driftCard(some, ELSEWHERE))).toContain("was not known then.");
  });
});

describe("Show all of a drift", () => {
  it("can be leafed through and left when the drift is decided meanwhile", () => {
    const card = driftDetails({ ...hugeDrift(), state: ENDS[0] as Drift["state"] }, 2);
    expect(titles(card)).toEqual(["Previous page", "Next page", "Show less"]);
  });

  it("says which writers are applications", () => {
    expect(words(driftDetails(aDrift({ writers: [KATHERINE, MICROSOFT] })))).toMatch(
      /by Entra's audit log \(2\)\nKatherine Johnson, .*\n+Microsoft Entra ID \(an application\), /,
    );
  });

  it("names people and models in full, page by page", () => {
    const said = words(driftDetails(aDrift()));
    expect(said).toContain("Lost passkey sign-in (3)");
    expect(said).toContain("Mary Shelley (administrator): YubiKey NEO");
    expect(said).toContain("fa2b99dc-9e39-4257-8f92-4a30d23c4118");
    expect(titles(driftDetails(aDrift()))).toEqual(["Accept", "Put back", "Show less"]);
    expect(titles(driftDetails(hugeDrift(), 2))).toEqual([
      "Accept",
      "Put back",
      "Previous page",
      "Next page",
      "Show less",
    ]);
  });
});
