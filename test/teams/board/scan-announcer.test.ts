import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import { conversationId } from "../../../src/core/person.js";
import type { Ports } from "../../../src/core/ports.js";
import type { ScanAsker } from "../../../src/core/scan/inventory.js";
import type { Scan, ScanNews } from "../../../src/core/scan/scan.js";
import type { ScanPosting, WaitingForScan } from "../../../src/core/stores.js";
import { planAnnouncer } from "../../../src/teams/board/announcer.js";
import { background } from "../../../src/teams/sending/background.js";
import type { Messenger } from "../../../src/teams/sending/messenger.js";
import { FakeWorld } from "../../core/fake-world.js";
import { ADA, GRACE } from "../cards/plan/sample-plans.js";
import { aScan, found, running } from "../cards/scan/sample-scans.js";
import { FakeConversations } from "../fake-conversations.js";

const [ROOM, CHAT] = [conversationId("room"), conversationId("chat")];
const at = (conversation: Scan["askers"][number]["conversation"], shows: ScanAsker["shows"]): ScanAsker => ({
  person: ADA,
  conversation,
  shows,
});

let stores: FakeConversations;
let world: FakeWorld;
/** What Teams was asked to show, and when the call is answered. */
let calls: { readonly how: "post" | "replace"; readonly place: string; readonly said: string }[];
let answerTeams: () => Promise<void>;
let teamsFails: boolean;
let mostAtOnce: number;
/** Pauses that were asked for and are not over. */
let pauses: { readonly milliseconds: number; readonly over: () => void }[];
let logged: string[];
let work: ReturnType<typeof background>;
let announcer: ReturnType<typeof planAnnouncer>;

beforeEach(() => {
  stores = new FakeConversations();
  world = new FakeWorld();
  [calls, pauses, logged] = [[], [], []];
  [answerTeams, teamsFails, mostAtOnce] = [async () => {}, false, 0];
  for (const id of [ROOM, CHAT]) {
    const kind = id === CHAT ? "personal" : "group";
    stores.known.set(id, { id, tenantId: aScan().tenantId, kind, reference: {}, approvalRoom: false });
  }
  start();
});

/** Starts the bot, or starts it again: the stores stay as they are. */
function start(): void {
  const underWay = new Map<string, number>();
  const call = async (how: "post" | "replace", place: object, message: object): Promise<void> => {
    const { id } = place as { id: string };
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    mostAtOnce = Math.max(mostAtOnce, underWay.get(id) ?? 0);
    await answerTeams();
    underWay.set(id, (underWay.get(id) ?? 0) - 1);
    if (teamsFails) throw new Error("Teams is down");
    calls.push({ how, place: id, said: JSON.stringify(message) });
  };
  const messenger: Messenger = {
    post: (place, message) => call("post", place, message).then(() => `message-${calls.length}`),
    replace: (place, _, message) => call("replace", place, message),
    remove: async () => {},
  };
  const note = (event: string): void => {
    logged.push(event);
  };
  const log = { info: note, warn: note, error: note };
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((over) => {
      pauses.push({ milliseconds, over });
    });
  const app = { clientId: "client", tenantId: "tenant", authorityHost: "https://login.example" };
  work = background(log);
  announcer = planAnnouncer({ ...stores, messenger, background: work, log, pause, app });
  announcer.connect({ ...world.ports, conversations: stores.conversations } as Ports, world.rules);
}

/** Lets everything happen that needs no more waiting. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
/** While it is told to run it does so in the store as well. */
async function tell(news: ScanNews): Promise<void> {
  if (news.kind === "running") await world.store.scans.begin(news.scan);
  else await world.store.scans.discard(news.scan);
  await announcer.scanChanged(news);
  await settled();
}
async function pausesEnd(): Promise<void> {
  for (const { over } of pauses.splice(0)) over();
  await settled();
}
const scanAt = (secondsAgo: number, ...askers: readonly ScanAsker[]): Scan =>
  aScan({ askers, startedAt: new Date(world.time - secondsAgo * 1000).toISOString() });
const read = (scan: Scan, count: number): ScanNews =>
  running({ scan }, { read: count, pending: 100 - count });
const finished = (scan: Scan): ScanNews => ({ kind: "finished", scan, inventory: found() });
const how = (place: string) => calls.filter((each) => each.place === place).map((each) => each.how);

describe("a scan somebody asked for", () => {
  it("is posted at once, and this copy changes with every news", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 10));
    expect(how(ROOM)).toEqual(["post"]);
    await pausesEnd();
    await tell(read(scan, 20));
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(calls.at(-1)?.said).toContain("**20 of 100 people**");
    expect(stores.scansPosted).toEqual([
      { tenantId: scan.tenantId, scanId: scan.scanId, conversation: ROOM, activityId: "message-1" },
    ]);
  });

  it("is drawn at most every 2 seconds, then in its newest state", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    for (const count of [1, 2, 3, 4]) await tell(read(scan, count));
    expect(how(ROOM)).toEqual(["post"]);
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([2_000]);
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(calls.at(-1)?.said).toContain("**4 of 100 people**");
    await pausesEnd();
    expect(calls).toHaveLength(2);
  });

  it("ends with the result, also when that comes within those 2 seconds", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await tell(finished(scan));
    expect(how(ROOM)).toEqual(["post"]);
    await pausesEnd();
    await work.idle();
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("is posted finished when it ended before anything could be shown", async () => {
    await tell(finished(scanAt(1, at(ROOM, "at-once"))));
    await work.idle();
    expect(how(ROOM)).toEqual(["post"]);
    expect(calls[0]?.said).toContain("174 people with passkeys");
  });

  it("is never drawn twice at the same time in a conversation", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    let answer: () => void = () => {};
    answerTeams = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await tell(read(scan, 1));
    await tell(read(scan, 2));
    await tell(finished(scan));
    answerTeams = async () => {};
    answer();
    await settled();
    await pausesEnd();
    await work.idle();
    expect(mostAtOnce).toBe(1);
    expect(how(ROOM)).toEqual(["post", "replace"]);
    expect(calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("is not shown under way again by news that comes after its end", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell({ kind: "cancelled", scan, by: GRACE });
    await announcer.scanChanged(read(scan, 50));
    await settled();
    await pausesEnd();
    await work.idle();
    expect(how(ROOM)).toEqual(["post"]);
    expect(calls[0]?.said).toContain("Cancelled by Grace Hopper");
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
    await work.idle();
    const named = (place: string) => calls.find((each) => each.place === place)?.said.includes("Unreadable");
    expect([named(ROOM), named(CHAT)]).toEqual([false, true]);
  });
});

describe("a scan that a change waits for", () => {
  it("is not seen when it is short", async () => {
    const scan = scanAt(0, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    await tell(finished(scan));
    await pausesEnd();
    await work.idle();
    expect(calls).toEqual([]);
  });

  it("is seen with the first news after a second and a half", async () => {
    const scan = scanAt(0, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    world.advance(1_500);
    await tell(read(scan, 20));
    expect(how(ROOM)).toEqual(["post"]);
  });

  it("is seen after that time without any news, too, since Graph may ask for a long pause", async () => {
    const scan = scanAt(1, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    expect(calls).toEqual([]);
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
  });

  it("is seen finished where it was seen under way", async () => {
    const scan = scanAt(2, at(ROOM, "when-slow"));
    await tell(read(scan, 10));
    await tell(finished(scan));
    await pausesEnd();
    await work.idle();
    expect(how(ROOM)).toEqual(["post", "replace"]);
  });
});

describe("after a restart", () => {
  it("the copies that were posted before go on, and no second one is posted", async () => {
    const scan = scanAt(60, at(ROOM, "at-once"), at(CHAT, "when-slow"));
    await tell(read(scan, 10));
    await work.idle();
    start();
    await tell(read(scan, 50));
    await tell(finished(scan));
    await pausesEnd();
    await work.idle();
    expect(how(ROOM)).toEqual(["post", "replace", "replace"]);
    expect(how(CHAT)).toEqual(["post", "replace", "replace"]);
  });
});

describe("with other processes on the same store", () => {
  const postedElsewhere = ({ tenantId, scanId }: Scan, activityId: string): Promise<void> =>
    stores.postings.addScan({ tenantId, scanId, conversation: CHAT, activityId });

  it("the copy that another one posted is kept up to date, and no second one is posted", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await postedElsewhere(scan, "of-the-other");
    const both = { ...scan, askers: [...scan.askers, at(CHAT, "at-once")] };
    await tell(read(both, 2));
    await tell(finished(both));
    await pausesEnd();
    await work.idle();
    expect(how(CHAT)).toEqual(["replace", "replace"]);
  });

  it("the end is drawn wherever another one posted the scan, also where nobody is known here", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await postedElsewhere(scan, "of-the-other");
    await tell(finished(scan));
    await pausesEnd();
    await work.idle();
    expect([how(ROOM), how(CHAT)]).toEqual([["post", "replace"], ["replace"]]);
  });

  it("a scan that ended in another one is not drawn as running any more", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    await world.store.scans.discard(scan);
    await announcer.scanChanged(read(scan, 2));
    await settled();
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
    expect(pauses).toEqual([]);
  });

  it("the end is drawn once more when that is asked for, over whatever the other one drew meanwhile", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    for (let times = 0; times < 2; times += 1) {
      await tell({ kind: "cancelled", scan, by: GRACE });
      await pausesEnd();
      await work.idle();
    }
    expect(how(ROOM)).toEqual(["post", "replace", "replace"]);
  });
});

describe("when Teams or the store fails", () => {
  it("nothing is thrown, and the next news is drawn", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    teamsFails = true;
    await tell(read(scan, 1));
    expect(logged).toContain("scan-card-not-drawn");
    teamsFails = false;
    await tell(read(scan, 2));
    await pausesEnd();
    expect(how(ROOM)).toEqual(["post"]);
    expect(calls.at(-1)?.said).toContain("**2 of 100 people**");
  });

  it("the end is tried again, a few times", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    teamsFails = true;
    await tell(finished(scan));
    for (let i = 0; i < 5; i += 1) await pausesEnd();
    await work.idle();
    expect(logged.filter((event) => event === "scan-card-not-drawn")).toHaveLength(3);

    const next = scanAt(0, at(ROOM, "at-once"));
    teamsFails = false;
    await tell(read({ ...next, scanId: "next" }, 1));
    teamsFails = true;
    await tell(finished({ ...next, scanId: "next" }));
    await pausesEnd();
    teamsFails = false;
    await pausesEnd();
    await work.idle();
    expect(calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("a card that cannot be drawn again and again is left alone until the end", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    await tell(read(scan, 1));
    teamsFails = true;
    for (const count of [2, 3, 4, 5, 6]) {
      await pausesEnd();
      await tell(read(scan, count));
    }
    expect(logged.filter((event) => event === "scan-card-not-drawn")).toHaveLength(3);
    teamsFails = false;
    await tell(finished(scan));
    await pausesEnd();
    await work.idle();
    expect(calls.at(-1)?.said).toContain("174 people with passkeys");
  });

  it("a posting that cannot be remembered is not posted again", async () => {
    const scan = scanAt(0, at(ROOM, "at-once"));
    stores.postings.addScan = async () => {
      throw new Error("the disk is full");
    };
    await tell(read(scan, 1));
    await pausesEnd();
    await tell(read(scan, 2));
    expect(how(ROOM)).toEqual(["post", "replace"]);
  });

  it("postings that cannot be read keep nobody from seeing the scan", async () => {
    stores.postings.ofScan = async (): Promise<readonly ScanPosting[]> => {
      throw new Error("the disk is gone");
    };
    await tell(read(scanAt(0, at(ROOM, "at-once")), 1));
    expect(how(ROOM)).toEqual(["post"]);
  });

  it("a conversation the bot was removed from is passed over", async () => {
    await tell(read(scanAt(0, at(conversationId("gone"), "at-once"), at(ROOM, "at-once")), 1));
    expect(how(ROOM)).toEqual(["post"]);
    expect(how("gone")).toEqual([]);
  });
});

describe("a change that waited for a scan", () => {
  const waiting: WaitingForScan = {
    id: "w-1",
    kind: "propose",
    tenantId: aScan().tenantId,
    person: ADA,
    conversation: ROOM,
    askedAt: "2026-11-22T10:00:00.000Z",
    command: { kind: "disable" },
    typed: "disable passkeys",
  };
  const texts = () => calls.map(({ said }) => (JSON.parse(said) as { text: string }).text);

  it("and cannot be proposed is refused where it was asked, to the person by name", async () => {
    await announcer.changeRefused(waiting, refuse({ code: "nothing-to-change" }));
    await work.idle();
    expect(texts()).toEqual([
      "Ada Lovelace, about `disable passkeys`: The policy is like that already, so there is nothing to approve. Say `show policy` to see it.",
    ]);
  });

  it("names emergency accounts only where names may show", async () => {
    const refusal = refuse({ code: "emergency-account-cut-off", people: [GRACE] });
    await announcer.changeRefused(waiting, refusal);
    await announcer.changeRefused({ ...waiting, conversation: CHAT }, refusal);
    await work.idle();
    const named = (place: string) =>
      calls.find((each) => each.place === place)?.said.includes("Grace Hopper");
    expect([named(ROOM), named(CHAT)]).toEqual([false, true]);
  });

  it("and could not be read says what failed, about a plan by its number", async () => {
    const revise: WaitingForScan = { ...waiting, kind: "revise", planNumber: 12 };
    await announcer.changeFailed(revise, new Fault("graph-unreachable", "raw message"));
    await work.idle();
    expect(texts()).toEqual([
      "Ada Lovelace, about plan #12: Microsoft Graph did not answer. Wait a minute, then try again.",
    ]);
  });

  it("never throws, whatever Teams does", async () => {
    teamsFails = true;
    await announcer.changeFailed(waiting, new TypeError("secret internals"));
    await work.idle();
    expect(logged).toContain("waiting-person-not-answered");
  });
});
