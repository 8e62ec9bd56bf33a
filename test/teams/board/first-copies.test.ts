import { beforeEach, describe, expect, it } from "vitest";
import { conversationId, replicaId } from "../../../src/core/person.js";
import type { PostingIntent } from "../../../src/core/stores.js";
import { MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { type BoardProcess, BoardStage } from "./board-stage.js";
import { type Drawn, PLAN } from "./live-subjects.js";

let stage: BoardStage;
let process: BoardProcess;
let cards: Drawn;
beforeEach(() => {
  stage = new BoardStage();
  process = stage.start();
  cards = PLAN.open(stage, process);
});

const drawnAfter = async (telling: Promise<void>): Promise<void> => {
  await stage.pausesEnd(4);
  await telling;
  await process.idle();
};
/** The intents there are whenever Teams takes a card. */
const seenAtPosts = (): readonly PostingIntent[][] => {
  const seen: PostingIntent[][] = [];
  stage.onTaken = async () => {
    seen.push([...stage.stores.intents]);
  };
  return seen;
};
const stored = (changes: Partial<PostingIntent> = {}): PostingIntent => {
  const intent: PostingIntent = {
    ...PLAN.key,
    conversation: conversationId("a"),
    intentId: "intent-1",
    poster: replicaId("this process"),
    version: 1,
    tries: 1,
    ...changes,
  };
  stage.stores.intents.push(intent);
  return intent;
};

describe("copies that were intended together with the plan", () => {
  it("are posted under that intent, which becomes the posting", async () => {
    stage.know("a");
    const seen = seenAtPosts();
    const intent = stored();
    await drawnAfter(cards.tell(1, [intent]));
    expect(stage.how("a")).toEqual(["post"]);
    expect(seen).toEqual([[intent]]);
    expect([stage.stores.posted.length, stage.stores.intents]).toEqual([1, []]);
  });

  it("are intended anew when there is a newer state by then", async () => {
    stage.know("a");
    const seen = seenAtPosts();
    await drawnAfter(cards.tell(2, [stored()]));
    expect(seen.map((intents) => intents.map(({ version }) => version))).toEqual([[2]]);
    expect([stage.stores.posted.length, stage.stores.intents]).toEqual([1, []]);
  });

  it("are forgotten where nothing is to be seen by then", async () => {
    await drawnAfter(cards.tell(1, [stored()]));
    expect([stage.calls, stage.stores.intents]).toEqual([[], []]);
  });

  it("are forgotten when the plan is over by then", async () => {
    stage.know("a");
    await drawnAfter(cards.tellEnd([stored()]));
    expect([stage.calls, stage.stores.intents]).toEqual([[], []]);
  });

  it("are posted once more when Teams may have taken one", async () => {
    stage.know("a");
    const seen = seenAtPosts();
    let failures = 1;
    stage.onCall = async () => {
      failures -= 1;
      if (failures === 0) throw new MayHaveArrived(new Error("502"));
    };
    await drawnAfter(cards.tell(1, [stored()]));
    expect(stage.how("a")).toEqual(["post"]);
    expect(seen.map((intents) => intents.map(({ tries }) => tries))).toEqual([[2]]);
    expect([stage.stores.posted.length, stage.stores.intents]).toEqual([1, []]);
  });

  it("leave nothing behind when Teams refuses them", async () => {
    stage.know("a");
    stage.onCall = async () => {
      throw new Error("refused");
    };
    await drawnAfter(cards.tell(1, [stored()]));
    expect([stage.stores.posted, stage.stores.intents]).toEqual([[], []]);
  });

  it("are lost ones for another process when the one that stored them is gone, and come there once", async () => {
    stage.know("a");
    stored({ poster: replicaId("dead") });
    stage.gone.add("dead");
    await drawnAfter(cards.refresh());
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.refresh());
    expect(stage.how("a")).toEqual(["post"]);
    expect(stage.stores.intents).toEqual([]);
  });
});
