import { describe, expect, it } from "vitest";
import type { FaultCode } from "../../../../src/core/errors.js";
import { personId } from "../../../../src/core/person.js";
import type { Scan, ScanNews } from "../../../../src/core/scan/scan.js";
import { scanCard } from "../../../../src/teams/cards/scan/scan-card.js";
import { cardProblems, elementsOf } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import { ADA, GRACE } from "../plan/sample-plans.js";
import { aScan, found, running } from "./sample-scans.js";

const COUNTED = { names: "counted" } as const;
const SHOWN = { names: "shown" } as const;
const finished = (changes: Parameters<typeof found>[0] = {}): ScanNews => ({
  kind: "finished",
  scan: aScan(),
  inventory: found(changes),
});
const ENDED: readonly ScanNews[] = [
  finished(),
  { kind: "cancelled", scan: aScan(), by: GRACE },
  { kind: "failed", scan: aScan(), fault: "graph-denied", why: "raw message" },
];

describe("the card of a scan under way", () => {
  it("looks like this", async () => {
    await expect(pretty(scanCard(running(), COUNTED))).toMatchFileSnapshot("../snapshots/scan-running.snap");
    expect(cardProblems(scanCard(running(), COUNTED))).toEqual([]);
  });

  it("says how far it is, how fast it goes and how long it still takes", () => {
    const said = words(scanCard(running(), COUNTED));
    expect(said).toContain("**1,240 of 5,000 people**");
    expect(said).toContain("30 people a minute · about 2 hours left");
    expect(said).toContain("asked by Ada Lovelace");
  });

  it("says that Latchkey began it by itself, and who joined", () => {
    const begun = (askers: Scan["askers"]) =>
      words(scanCard(running({ scan: aScan({ begunBy: "latchkey", askers }) }), COUNTED));
    expect(begun([])).toContain("begun by Latchkey itself ·");
    expect(begun(aScan().askers)).toContain("begun by Latchkey itself, joined by Ada Lovelace");
  });

  it("draws how far it is in proportion", () => {
    const columns = elementsOf(scanCard(running(), COUNTED), "Column");
    const bar = columns.filter(({ minHeight }) => minHeight !== undefined);
    expect(bar.map(({ width, style }) => [width, style])).toEqual([
      [24, "accent"],
      [76, "emphasis"],
    ]);
  });

  it.each([
    [0, 7, ["emphasis"]],
    [7, 0, ["accent"]],
  ])("draws no empty part: %i read, %i to go", (read, pending, styles) => {
    const columns = elementsOf(scanCard(running({}, { read, pending }), COUNTED), "Column");
    expect(columns.filter(({ minHeight }) => minHeight !== undefined).map(({ style }) => style)).toEqual(
      styles,
    );
  });

  it("promises no total while people are still being found", () => {
    const listing = running({ scan: aScan({ listing: { step: "people" } }), secondsLeft: undefined });
    const said = words(scanCard(listing, COUNTED));
    expect(said).toContain("of 5,000 people found so far");
    expect(said).not.toContain("left");
  });

  it("says what it does before anybody is found", () => {
    const nobody = running({ perMinute: undefined, secondsLeft: undefined }, { pending: 0, read: 0 });
    expect(words(scanCard(nobody, COUNTED))).toContain("Finding out whose passkeys to read");
    expect(cardProblems(scanCard(nobody, COUNTED))).toEqual([]);
  });

  it("says until when Graph asked for a pause, in the reader's time", () => {
    const said = words(scanCard(running({ pausedUntil: "2026-11-22T10:25:00.000Z" }), COUNTED));
    expect(said).toContain("asked for a pause until {{TIME(2026-11-22T10:25:00Z)}}");
    expect(said).toContain("Waiting for Graph");
  });

  it("tells a scan of what changed from a full one, and what it took over", () => {
    const changes = running(
      { scan: aScan({ kind: "changes" }) },
      { read: 12, carried: 4_000, gone: 1, unread: 2 },
    );
    const said = words(scanCard(changes, COUNTED));
    expect(said).toContain("What changed since");
    expect(said).toContain(
      "12 read · 4,000 taken over from the scan before · 1 deleted meanwhile · 2 could not be read",
    );
  });

  it("can be cancelled, by the scan's id and nothing else", () => {
    const [action] = scanCard(running(), COUNTED).actions ?? [];
    expect(action).toMatchObject({
      type: "Action.Execute",
      title: "Cancel",
      verb: "cancelScan",
      data: { scanId: "scan-2" },
      fallback: { type: "Action.Submit", data: { verb: "cancelScan", scanId: "scan-2" } },
    });
  });
});

describe("the card of a scan that has ended", () => {
  it("looks like this when it found everybody", async () => {
    await expect(pretty(scanCard(finished(), COUNTED))).toMatchFileSnapshot(
      "../snapshots/scan-finished.snap",
    );
  });

  it.each(ENDED.map((news) => [news.kind, news] as const))(
    "has no buttons, is valid and says the next step: %s",
    (_, news) => {
      const card = scanCard(news, SHOWN);
      expect(titles(card)).toEqual([]);
      expect(cardProblems(card)).toEqual([]);
      expect(words(card)).toMatch(/Next: |then say/);
    },
  );

  it("says what it covers and what it cannot know", () => {
    const said = words(scanCard(finished({ kind: "changes", carried: 200, gone: 3, asked: 214 }), COUNTED));
    expect(said).toContain("174 people with passkeys, of 4 models.");
    expect(said).toContain("214 people: those with passkeys by Entra's registration report");
    expect(said).toMatch(/Read now\n11\n/);
    expect(said).toContain("200 without a change since; last read in full at");
    expect(said).toMatch(/Deleted meanwhile\n3\n/);
    expect(said).toContain("disabled accounts");
  });

  it.each<[Parameters<typeof found>[0], string, string]>([
    [{ recentIncluded: true }, "so these people were found in the audit log", "could not be read"],
    [{ recentIncluded: false }, "not covered: the report is up to 36 hours late", "were found"],
    [{ path: "all-users" }, "every enabled account", "36 hours"],
  ])("is honest about how late the report is: %j", (changes, said, unsaid) => {
    const card = words(scanCard(finished(changes), COUNTED));
    expect(card).toContain(said);
    expect(card).not.toContain(unsaid);
  });

  it("names those who could not be read only where names may show, and never all of thousands", () => {
    const unread = Array.from({ length: 20 }, (_, at) => ({
      id: personId(`u${at}`),
      name: `Unread *${at}*`,
      isAdmin: at === 0,
      why: "Graph said 403",
    }));
    const incomplete = finished({ unreadCount: 5_000, unread });
    expect(words(scanCard(incomplete, COUNTED))).toContain("5,000 people could not be read.");
    expect(words(scanCard(incomplete, COUNTED))).not.toContain("Unread");
    const named = words(scanCard(incomplete, SHOWN));
    expect(named).toContain("Unread \\*0\\* (administrator): Graph said 403");
    expect(named).toContain("and 4,988 people more");
    expect(JSON.stringify(scanCard(incomplete, SHOWN)).length).toBeLessThan(28_000);
  });

  it("says who cancelled it, and that the scan before still counts, where there was one", () => {
    const cancelled = (scan: Scan) => words(scanCard({ kind: "cancelled", scan, by: ADA }, COUNTED));
    expect(cancelled(aScan())).toContain("Cancelled by Ada Lovelace");
    expect(cancelled(aScan())).not.toContain("the scan before");
    expect(cancelled({ ...aScan(), base: "scan-1" })).toContain("the scan before still counts");
  });

  it.each<[FaultCode, string]>([
    ["graph-denied", "check the app's permissions, then say `scan`"],
    ["graph-unreachable", "Wait a minute, then say `scan`"],
    ["store-unavailable", "look at the store, then say `scan`"],
  ])("says in our words why it failed: %s", (fault, said) => {
    const failed = words(scanCard({ kind: "failed", scan: aScan(), fault, why: "raw message" }, COUNTED));
    expect(failed).toContain(said);
    expect(failed).not.toContain("raw message");
  });
});
