import { describe, expect, it } from "vitest";
import { personId } from "../../../../src/core/person.js";
import type { WithoutPasskey } from "../../../../src/core/report/standing/without-passkey.js";
import { withoutCard } from "../../../../src/teams/cards/reports/standing/without-card.js";
import { inventory, scan } from "../../../contracts/scanned-things.js";
import { findAction } from "../../teams-world.js";

const SCAN = inventory(scan("s-1"));
const withoutNames = (shown: WithoutPasskey, page?: number) => withoutCard(shown, { names: "shown" }, page);
const person = (n: number, isAdmin = false) => ({ id: personId(`p${n}`), name: `Person ${n}.`, isAdmin });

function report(changes: Partial<WithoutPasskey> = {}): WithoutPasskey {
  return {
    kind: "without-passkey",
    adoption: { of: "groups", people: 140, withPasskey: 20, deviceBound: 20, synced: 0, outside: 0 },
    people: Array.from({ length: 120 }, (_, n) => person(n, n < 2)),
    guests: 0,
    notInScope: 0,
    admins: "known",
    isComplete: true,
    inventory: SCAN,
    ...changes,
  };
}

describe("the card of who has no passkey", () => {
  it("leaves no name out: each stands on one of its pages", () => {
    const pages = [1, 2, 3].map((page) => JSON.stringify(withoutNames(report(), page)));
    for (const { name } of report().people)
      expect(pages.filter((page) => page.includes(name.replace(".", "")))).not.toEqual([]);
    expect(pages[0]).toContain("People 1 to 50 of 120");
    expect(pages[2]).toContain("People 101 to 120 of 120");
  });

  it("has buttons to the pages before and after", () => {
    const data = { scanId: SCAN.scanId };
    expect(findAction(withoutNames(report()), "Previous page")).toBeUndefined();
    expect(findAction(withoutNames(report()), "Next page")).toMatchObject({
      verb: "withoutPasskey",
      data: { ...data, page: 2 },
    });
    expect(findAction(withoutNames(report(), 3), "Previous page")).toMatchObject({
      data: { ...data, page: 2 },
    });
    expect(findAction(withoutNames(report(), 3), "Next page")).toBeUndefined();
  });

  it("names administrators first, and counts them", () => {
    const words = JSON.stringify(withoutNames(report()));
    expect(words).toContain("120 people with no passkey, 2 administrators among them");
    expect(words).toContain("Person 0. (administrator) · Person 1. (administrator) · Person 2.");
  });

  it("says what is not known of administrators, and who is not in the list", () => {
    const people = [person(1)];
    const words = JSON.stringify(withoutNames(report({ people, admins: "unknown", isComplete: false })));
    expect(words).toContain("At least 1 person with no passkey.");
    expect(words).toContain("the others are not in this list");
    expect(words).toContain("Which of them are administrators is not known for all");
  });

  it("does not say of people who could not be looked at that they have one", () => {
    const none = { people: [] as const };
    expect(withoutNames(report(none)).fallbackText).toBe("Everybody it is for has a passkey");
    for (const changes of [{ isComplete: false }, { inventory: { ...SCAN, unreadCount: 3 } }]) {
      expect(withoutNames(report({ ...none, ...changes })).fallbackText).toBe(
        "Nobody was found without a passkey",
      );
    }
  });

  it("counts where others read along, with the names behind a button", () => {
    const counts = withoutCard(report(), { names: "counted" });
    expect(JSON.stringify(counts)).not.toContain("Person");
    expect(findAction(counts, "Show names")).toMatchObject({ verb: "withoutPasskey", data: { page: 1 } });
  });
});
