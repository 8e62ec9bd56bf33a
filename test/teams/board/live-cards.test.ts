import { beforeEach, describe, expect, it, vi } from "vitest";
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
});
