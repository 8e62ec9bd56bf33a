import { beforeEach, describe, expect, it } from "vitest";
import { conversationId, replicaId } from "../../../src/core/person.js";
import type { PostingIntent } from "../../../src/core/stores.js";
import { MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { type BoardProcess, BoardStage } from "./board-stage.js";
import { type Drawn, SUBJECTS } from "./live-subjects.js";

describe.each(SUBJECTS)("copies of the cards of $name", (subject) => {
  let stage: BoardStage;
  let process: BoardProcess;
  let cards: Drawn;
  beforeEach(() => {
    stage = new BoardStage();
    process = stage.start();
    cards = subject.open(stage, process);
  });

  /** Tells, and lets rests end until it is drawn. */
  const drawnAfter = async (telling: Promise<void>): Promise<void> => {
    await stage.pausesEnd(4);
    await telling;
    await process.idle();
  };
  const intent = (changes: Partial<PostingIntent> = {}): PostingIntent => ({
    ...subject.key,
    conversation: conversationId("a"),
    intentId: "intent-1",
    poster: replicaId("dead"),
    version: 1,
    tries: 1,
    ...changes,
  });

  it("are found where another process posted them", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    const second = stage.start("second");
    const others = subject.open(stage, second);
    await others.tell(2);
    await stage.pausesEnd(2);
    await second.idle();
    expect(stage.how("a")).toEqual(["post", "replace"]);
    expect(stage.shown("message-1")).toContain(subject.words(2));
  });

  it("are left to a process that lives and is posting them", async () => {
    stage.know("a");
    stage.stores.intents.push(intent({ poster: replicaId("living") }));
    await drawnAfter(cards.tell(1));
    expect(stage.calls).toEqual([]);
    expect(stage.stores.intents).toHaveLength(1);
  });

  it("are posted once more, and only once, when a process died before it could say that Teams took one", async () => {
    stage.know("a");
    stage.gone.add("dead");
    stage.stores.intents.push(intent());
    for (let times = 0; times < 3; times += 1) await drawnAfter(cards.tell(1));
    await drawnAfter(cards.refresh());
    expect(stage.how("a").filter((how) => how === "post")).toEqual(["post"]);
    expect([stage.stores.posted.length, stage.stores.intents.length]).toEqual([1, 0]);
  });

  it("are not posted a third time for the same state when the second one was lost as well", async () => {
    stage.know("a");
    stage.gone.add("dead");
    stage.stores.intents.push(intent({ tries: 2, version: 1_999_000_000 }));
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.refresh());
    expect(stage.calls).toEqual([]);
  });

  it("are posted again for a newer state, though two were lost of the one before", async () => {
    stage.know("a");
    stage.gone.add("dead");
    stage.stores.intents.push(intent({ tries: 2, version: 0 }));
    await drawnAfter(cards.tell(1));
    expect(stage.how("a")).toEqual(["post"]);
    expect(stage.stores.intents).toEqual([]);
  });

  it("are not posted beside a copy that stands there, whatever else was lost there", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    stage.gone.add("dead");
    stage.stores.intents.push(intent());
    await drawnAfter(cards.tell(2));
    expect(stage.how("a")).toEqual(["post", "replace"]);
    expect(stage.stores.intents).toEqual([]);
  });

  it("are posted once more when Teams did not say whether it took one, and not again", async () => {
    stage.know("a");
    stage.onTaken = async () => {
      throw new MayHaveArrived("504");
    };
    await drawnAfter(cards.tell(1));
    expect(stage.how("a")).toEqual(["post", "post"]);
    expect(stage.stores.intents).toMatchObject([{ tries: 2, conversation: "a" }]);
    expect(stage.logged).toContain("card-may-be-posted");
    await drawnAfter(cards.refresh());
    expect(stage.how("a")).toEqual(["post", "post"]);
  });

  it("are kept up to date on a message that no posting knows, as soon as a button on it was pressed", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    expect(await cards.see("a", "unknown")).toBe(true);
    await drawnAfter(cards.tellEnd());
    expect(stage.shown("unknown")).toContain(subject.endWords);
    expect(stage.shown("message-1")).toContain(subject.endWords);
  });

  it("are not taken for what another card's message is", async () => {
    stage.know("a");
    const foreign = {
      ...subject.key,
      id: "another",
      conversation: conversationId("a"),
      activityId: "theirs",
    };
    stage.stores.posted.push({ ...foreign, version: 1 });
    await drawnAfter(cards.tell(1));
    await cards.see("a", "theirs");
    await drawnAfter(cards.tell(2));
    expect(stage.shown("theirs")).toBeUndefined();
  });

  it("show the end after a start when the process that ended it could not show it", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    const endWords = await subject.endUntold(stage);
    const second = stage.start("second");
    await subject.open(stage, second).refresh();
    await stage.pausesEnd(2);
    await second.idle();
    expect(stage.shown("message-1")).toContain(endWords);
    expect(await stage.stores.postings.unfinished(subject.key.tenantId)).toEqual([]);
  });

  it("are posted by the next state when the store could not say where they stand", async () => {
    stage.know("a");
    const { of } = stage.stores.postings;
    stage.stores.postings.of = async () => {
      throw new Error("the disk is gone");
    };
    await drawnAfter(cards.tell(1).catch(() => undefined));
    expect(stage.calls).toEqual([]);
    stage.stores.postings.of = of;
    await drawnAfter(cards.tell(2));
    expect(stage.how("a")).toEqual(["post"]);
  });

  it("are not posted again when the store could not keep where they stand", async () => {
    stage.know("a");
    const { keep } = stage.stores.postings;
    stage.stores.postings.keep = async () => {
      throw new Error("the disk is full");
    };
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.tell(2));
    expect(stage.how("a")).toEqual(["post", "replace"]);
    stage.stores.postings.keep = keep;
    await drawnAfter(cards.tellEnd());
    expect(stage.how("a")).toEqual(["post", "replace", "replace"]);
    expect(stage.stores.posted).toMatchObject([{ activityId: "message-1", doneAt: expect.any(String) }]);
    expect([stage.stores.intents, cards.inHand]).toEqual([[], 0]);
  });

  it("of a conversation the bot was removed from are passed over, and forgotten at the end", async () => {
    for (const place of ["a", "b"]) stage.know(place);
    await drawnAfter(cards.tell(1));
    stage.stores.known.delete("a");
    await drawnAfter(cards.tellEnd());
    expect([stage.how("a"), stage.how("b")]).toEqual([["post"], ["post", "replace"]]);
    expect(await stage.stores.postings.unfinished(subject.key.tenantId)).toEqual([]);
  });

  it("can be shown once more on a message that is there, which is a copy from then on", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.show(1, "a", "note"));
    expect(stage.shown("note")).toContain(subject.words(1));
    await drawnAfter(cards.tellEnd());
    expect(stage.shown("note")).toContain(subject.endWords);
    expect(stage.how("a").filter((how) => how === "post")).toHaveLength(1);
  });
});

describe.each(SUBJECTS.filter(({ isPaced }) => !isPaced))("what a button names as $name", (subject) => {
  it("is not looked for on its message when there is no such thing", async () => {
    const stage = new BoardStage();
    stage.know("a");
    const cards = subject.open(stage, stage.start());
    expect(await cards.see("a", "unknown")).toBe(false);
    expect(stage.stores.posted).toEqual([]);
    expect(cards.inHand).toBe(0);
  });
});
