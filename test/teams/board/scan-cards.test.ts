import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversationId } from "../../../src/core/person.js";
import type { ScanAsker } from "../../../src/core/scan/inventory.js";
import type { Scan, ScanNews } from "../../../src/core/scan/scan.js";
import { type Board, board } from "../../../src/teams/board/board.js";
import { ADA, GRACE } from "../cards/plan/sample-plans.js";
import { aScan, found, running } from "../cards/scan/sample-scans.js";
import { BoardStage } from "./board-stage.js";

const [ROOM, CHAT] = [conversationId("room"), conversationId("chat")];
const at = (conversation: Scan["askers"][number]["conversation"], shows: ScanAsker["shows"]): ScanAsker => ({
  person: ADA,
  conversation,
  shows,
});

let stage: BoardStage;
let announcer: Board;
let idle: () => Promise<void>;
beforeEach(() => {
  stage = new BoardStage();
  stage.know("room", "group");
  stage.know("chat", "personal");
  start();
});

/** Starts the bot, or starts it again: the stores stay as they are. */
function start(): void {
  const { outside, connected, ...process } = stage.start();
  announcer = board(outside);
  announcer.connect(connected.ports, connected.rules);
  idle = process.idle;
}
const pausesEnd = () => stage.pausesEnd();
const how = (place: string) => stage.how(place);

/** While it is told to run it does so in the store as well. */
async function tell(news: ScanNews): Promise<void> {
  if (news.kind === "running") await stage.world.store.scans.begin(news.scan);
  else await stage.world.store.scans.discard(news.scan);
  await announcer.scanChanged(news);
  await stage.settled();
}
const down = async (): Promise<void> => {
  throw new Error("Teams is down");
};
const scanAt = (secondsAgo: number, ...askers: readonly ScanAsker[]): Scan =>
  aScan({ askers, startedAt: new Date(stage.world.time - secondsAgo * 1000).toISOString() });
const read = (scan: Scan, count: number): ScanNews =>
  running({ scan }, { read: count, pending: 100 - count });
const finished = (scan: Scan): ScanNews => ({ kind: "finished", scan, inventory: found() });

describe("a scan somebody asked for", () => {
  it("is posted at once, and this copy changes with every news", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 10));
    expect(how(ROOM)).toEqual(["post"]);
    await pausesEnd();
    await tell(read(scan, 20));
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(stage.calls.at(-1)?.said).toContain("**20 of 100 people**");
    const { tenantId, scanId: id } = scan;
    expect(stage.stores.posted).toEqual([
      { tenantId, kind: "scan", id, conversation: ROOM, activityId: "message-1", version: 2 },
    ]);
  });

  it("is drawn at most every 2 seconds, then in its newest state", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    const reads = vi.spyOn(stage.stores.postings, "of");
    for (const count of [2, 3, 4]) await tell(read(scan, count));
    expect(how(ROOM)).toEqual(["post"]);
    expect(reads).not.toHaveBeenCalled();
    expect(stage.pauses.map(({ milliseconds }) => milliseconds)).toEqual([2_000]);
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(stage.calls.at(-1)?.said).toContain("**4 of 100 people**");
    await pausesEnd();
    expect(stage.calls).toHaveLength(2);
  });

  it("ends with the result, also when that comes within those 2 seconds", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await tell(finished(scan));
    expect(how(ROOM)).toEqual(["post"]);
    await pausesEnd();
    await idle();
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(stage.calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("is posted finished when it ended before anything could be shown", async () => {
    await tell(finished(scanAt(1, at(ROOM, "at-once"))));
    await idle();
    expect(how(ROOM)).toEqual(["post"]);
    expect(stage.calls[0]?.said).toContain("174 people with passkeys");
  });

  it("is never drawn twice at the same time in a conversation", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    let answer: () => void = () => {};
    stage.onCall = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await tell(read(scan, 1));
    await tell(read(scan, 2));
    await tell(finished(scan));
    stage.onCall = async () => {};
    answer();
    await stage.settled();
    await pausesEnd();
    await idle();
    expect(stage.mostAtOnce).toBe(1);
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(stage.calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("is not shown under way again by news that comes after its end", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell({ kind: "cancelled", scan, by: GRACE });
    await announcer.scanChanged(read(scan, 50));
    await stage.settled();
    await pausesEnd();
    await idle();
    expect(how(ROOM)).toEqual(["post"]);
    expect(stage.calls[0]?.said).toContain("Cancelled by Grace Hopper");
  });

  it("is also shown where somebody joins later", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await tell(read({ ...scan, askers: [...scan.askers, at(CHAT, "at-once")] }, 2));
    expect(how(CHAT)).toEqual(["post"]);
    expect(await announcer.showsScan(scan, CHAT)).toBe(true);
    expect(await announcer.showsScan(scan, conversationId("elsewhere"))).toBe(false);
  });

  it("names people who could not be read in a person's own chat only", async () => {
    const unread = [{ id: GRACE.id, name: "Unreadable", isAdmin: false, why: "403" }];
    const scan = scanAt(0, at(ROOM, "at-once"), at(CHAT, "at-once"));
    await tell({ kind: "finished", scan, inventory: found({ unread, unreadCount: 1 }) });
    await idle();
    const named = (place: string) =>
      stage.calls.find((each) => each.place === place)?.said.includes("Unreadable");
    expect([named(ROOM), named(CHAT)]).toEqual([false, true]);
  });
});

describe("a scan that a change waits for", () => {
  it("is not seen when it is short", async () => {
    const scan = scanAt(0, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    await tell(finished(scan));
    await pausesEnd();
    await idle();
    expect(stage.calls).toEqual([]);
  });

  it("is seen with the first news after a second and a half", async () => {
    const scan = scanAt(0, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    stage.world.advance(1_500);
    await tell(read(scan, 20));
    expect(how(ROOM)).toEqual(["post"]);
  });

  it("is seen after that time without any news, too, since Graph may ask for a long pause", async () => {
    const scan = scanAt(1, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    expect(stage.calls).toEqual([]);
    expect(stage.pauses.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
  });

  it("is seen finished where it was seen under way", async () => {
    const scan = scanAt(2, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    await tell(finished(scan));
    await pausesEnd();
    await idle();
    expect(how(ROOM)).toEqual(["post", "replace"]);
  });
});

describe("after a restart", () => {
  it("the copies that were posted before go on, and no second one is posted", async () => {
    const scan = scanAt(60, at(ROOM, "at-once"), at(CHAT, "when-slow"));
    await tell(read(scan, 10));
    await idle();
    start();
    const resumed = { ...scan, interruptions: 1 };
    await tell(read(resumed, 50));
    await tell(finished(resumed));
    await pausesEnd();
    await idle();
    expect(how(ROOM)).toEqual(["post", "replace", "replace"]);
    expect(how(CHAT)).toEqual(["post", "replace", "replace"]);
  });
});

describe("with other processes on the same store", () => {
  const postedElsewhere = ({ tenantId, scanId }: Scan, activityId: string): Promise<void> =>
    stage.stores.postings.keep({
      tenantId,
      kind: "scan",
      id: scanId,
      conversation: CHAT,
      activityId,
      version: 1,
    });

  it("the copy that another one posted is kept up to date, and no second one is posted", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await postedElsewhere(scan, "of-the-other");
    const both = { ...scan, askers: [...scan.askers, at(CHAT, "at-once")] };
    await tell(read(both, 2));
    await tell(finished(both));
    await pausesEnd();
    await idle();
    expect(how(CHAT)).toEqual(["replace", "replace"]);
  });

  it("the end is drawn wherever another one posted the scan, also where nobody is known here", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await postedElsewhere(scan, "of-the-other");
    await tell(finished(scan));
    await pausesEnd();
    await idle();
    expect([how(ROOM), how(CHAT)]).toEqual([["post", "replace"], ["replace"]]);
  });

  it("a scan that ended in another one is not drawn as running any more", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await stage.world.store.scans.discard(scan);
    await announcer.scanChanged(read(scan, 2));
    await stage.settled();
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
    expect(stage.pauses).toEqual([]);
  });

  it("the end is drawn once more when that is asked for, over whatever the other one drew meanwhile", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    for (let times = 0; times < 2; times += 1) {
      await tell({ kind: "cancelled", scan, by: GRACE });
      await pausesEnd();
      await idle();
    }
    expect(how(ROOM)).toEqual(["post", "replace", "replace"]);
  });
});

describe("when Teams or the store fails", () => {
  it("nothing is thrown, and the next news is drawn", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    stage.onCall = down;
    await tell(read(scan, 1));
    expect(stage.logged).toContain("card-not-drawn");
    stage.onCall = async () => {};
    await tell(read(scan, 2));
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
    expect(stage.calls.at(-1)?.said).toContain("**2 of 100 people**");
  });

  it("the end is tried again, a few times", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    stage.onCall = down;
    await tell(finished(scan));
    for (let i = 0; i < 5; i += 1) await pausesEnd();
    await idle();
    expect(stage.logged.filter((event) => event === "card-not-drawn")).toHaveLength(3);

    const next = scanAt(0, at(ROOM, "at-once"));
    stage.onCall = async () => {};
    await tell(read({ ...next, scanId: "next" }, 1));
    stage.onCall = down;
    await tell(finished({ ...next, scanId: "next" }));
    await pausesEnd();
    stage.onCall = async () => {};
    await pausesEnd();
    await idle();
    expect(stage.calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("a card that cannot be drawn again and again is left alone until the end", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    stage.onCall = down;
    for (const count of [2, 3, 4, 5, 6]) {
      await pausesEnd();
      await tell(read(scan, count));
    }
    expect(stage.logged.filter((event) => event === "card-not-drawn")).toHaveLength(3);
    stage.onCall = async () => {};
    await tell(finished(scan));
    await pausesEnd();
    await idle();
    expect(stage.calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("a conversation the bot was removed from is passed over", async () => {
    await tell(read(scanAt(0, at(conversationId("gone"), "at-once"), at(ROOM, "at-once")), 1));
    expect(how(ROOM)).toEqual(["post"]);
    expect(how("gone")).toEqual([]);
  });
});
