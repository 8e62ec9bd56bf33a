import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversationId, replicaId } from "../../../src/core/person.js";
import type { PostingIntent } from "../../../src/core/stores.js";
import { MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { type BoardProcess, BoardStage } from "./board-stage.js";
import { type Drawn, SUBJECTS } from "./live-subjects.js";

/** Long enough for a place that has no answer to be passed over. */
const PATIENCE_MS = 5_000;

describe.each(SUBJECTS)("the cards of $name", (subject) => {
  let stage: BoardStage;
  let process: BoardProcess;
  let cards: Drawn;
  beforeEach(() => {
    stage = new BoardStage();
    process = stage.start();
    cards = subject.open(stage, process);
  });

  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await stage.pausesEnd();
    }
  };
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

  /** Teams does not answer for one conversation from now on. @returns what makes it answer */
  const slow = (): (() => void) => {
    let answer: () => void = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    stage.onCall = (place) => (place.startsWith("slow") ? answered : Promise.resolve());
    return answer;
  };

  it("are posted once where it is to be seen, and redrawn there with each state", async () => {
    stage.know("a");
    for (const state of [1, 2, 3]) await drawnAfter(cards.tell(state));
    expect(stage.how("a")).toEqual(["post", "replace", "replace"]);
    expect(stage.said("a")).toContain(subject.words(3));
    expect(stage.stores.posted).toMatchObject([
      { ...subject.key, conversation: "a", activityId: "message-1" },
    ]);
    expect(stage.stores.intents).toEqual([]);
  });

  it("never go back to an older state", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.tellEnd());
    const before = stage.calls.length;
    await drawnAfter(cards.tellOld(2));
    expect(stage.calls).toHaveLength(before);
    expect(stage.said("a")).toContain(subject.endWords);
  });

  it("are drawn once, in the last state, when it changes in quick succession", async () => {
    stage.know("a");
    const reads = vi.spyOn(stage.stores.postings, "of");
    await drawnAfter(Promise.all([1, 2, 3, 4, 5, 6].map((state) => cards.tell(state))).then(() => undefined));
    expect(stage.how("a")).toEqual(["post"]);
    expect(stage.said("a")).toContain(subject.words(6));
    // Where it is to be drawn, and once more when its turn has come.
    expect(reads).toHaveBeenCalledTimes(2);
  });

  it(
    "are drawn elsewhere while Teams does not answer for as many as are drawn abreast, and there when it answers",
    async () => {
      const slowOnes = Array.from({ length: 8 }, (_, at) => `slow${at}`);
      for (const place of [...slowOnes, ..."abc"]) stage.know(place);
      await drawnAfter(cards.tell(1));
      const answer = slow();
      const telling = cards.tellEnd();
      await until(() => [..."abc"].every((place) => stage.said(place)?.includes(subject.endWords)));
      for (const place of slowOnes) expect(stage.said(place)).toContain(subject.words(1));
      answer();
      await drawnAfter(telling);
      for (const place of slowOnes) expect(stage.said(place)).toContain(subject.endWords);
      expect(stage.mostAtOnce).toBe(1);
    },
    3 * PATIENCE_MS,
  );

  it("can be shown elsewhere meanwhile, and are kept up to date there", async () => {
    stage.know("slow");
    const answer = slow();
    const telling = cards.tell(1);
    stage.know("a");
    await cards.show(1, "a");
    expect(stage.how("a")).toEqual(["post"]);
    const end = cards.tellEnd();
    await until(() => stage.said("a")?.includes(subject.endWords) === true);
    answer();
    await drawnAfter(Promise.all([telling, end]).then(() => undefined));
  });

  it("are posted once where Teams is slow, however often it changes before that is done", async () => {
    stage.know("slow");
    const answer = slow();
    const telling = [cards.tell(1)];
    await stage.settled();
    telling.push(cards.tell(2));
    await stage.settled();
    telling.push(cards.tell(3));
    answer();
    await drawnAfter(Promise.all(telling).then(() => undefined));
    expect(stage.how("slow").filter((how) => how === "post")).toHaveLength(1);
    expect(stage.said("slow")).toContain(subject.words(3));
  });

  it("show what was told while they were being posted", async () => {
    stage.know("slow");
    const answer = slow();
    const showing = cards.show(1, "slow");
    await stage.settled();
    const end = cards.tellEnd();
    await stage.settled();
    answer();
    await drawnAfter(Promise.all([showing, end]).then(() => undefined));
    expect(stage.how("slow")).toEqual(["post", "replace"]);
    expect(stage.said("slow")).toContain(subject.endWords);
  });

  it("show the end, each of them", async () => {
    for (const place of ["a", "b"]) stage.know(place);
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.tellEnd());
    expect([stage.said("a"), stage.said("b")]).toEqual([
      expect.stringContaining(subject.endWords),
      expect.stringContaining(subject.endWords),
    ]);
    expect(stage.stores.posted.map(({ doneAt }) => doneAt)).toEqual([
      stage.world.ports.clock.now().toISOString(),
      stage.world.ports.clock.now().toISOString(),
    ]);
  });

  it("leave nothing in hand after the end, nor after a failure at the end", async () => {
    stage.know("a");
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.tellEnd());
    expect(cards.inHand).toBe(0);

    const failing = new BoardStage();
    failing.know("a");
    const others = subject.open(failing, failing.start());
    await others.tell(1);
    failing.onCall = async () => {
      throw new Error("Teams is down");
    };
    const telling = others.tellEnd();
    await failing.pausesEnd(6);
    await telling;
    expect(failing.logged).toContain("card-not-drawn");
    expect(others.inHand).toBe(0);
  });

  it("are drawn in other places when one place fails", async () => {
    for (const place of ["a", "b", "c"]) stage.know(place);
    stage.onCall = async (place) => {
      if (place === "a") throw new Error("no such conversation");
    };
    await drawnAfter(cards.tell(1));
    await drawnAfter(cards.tellEnd());
    expect([stage.how("a"), stage.how("b"), stage.how("c")]).toEqual([
      [],
      ["post", "replace"],
      ["post", "replace"],
    ]);
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
