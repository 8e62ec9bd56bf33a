import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { conversationId, tenantId } from "../../../src/core/person.js";
import { GraphWaits } from "../../../src/core/ports/graph-waits.js";
import { Note } from "../../../src/teams/answers/note.js";
import type { Message, Messenger } from "../../../src/teams/sending/messenger.js";

const PLACE = { id: conversationId("a"), tenantId: tenantId("t"), kind: "group", reference: {} } as const;
const ANSWER: Message = { kind: "text", text: "the answer" };

let said: string[];
/** How long Teams takes for the note. */
let noteTakesMs: number;
let replacingFails: boolean;
let replaceTakesMs: number;
let note: Note;
let graphWaits: GraphWaits;
const wordsOf = (message: Message): string => (message.kind === "text" ? message.text : "a card");

beforeEach(() => {
  vi.useFakeTimers();
  [said, noteTakesMs, replacingFails, replaceTakesMs] = [[], 0, false, 0];
  const messenger: Messenger = {
    isShut: () => false,
    isIn: async () => true,
    post: async (_, message) => {
      said.push(`post: ${wordsOf(message)}`);
      return "answer-1";
    },
    postOnce: async (_, message) => {
      await new Promise((resolve) => setTimeout(resolve, noteTakesMs));
      said.push(`note: ${wordsOf(message)}`);
      return "note-1";
    },
    replace: async (_, activityId, message) => {
      if (replacingFails) throw new Error("no such message");
      await new Promise((resolve) => setTimeout(resolve, replaceTakesMs));
      said.push(`${activityId} becomes: ${wordsOf(message)}`);
    },
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  graphWaits = new GraphWaits();
  note = new Note({ messenger, log, ports: { graphWaits } }, PLACE);
});
afterEach(() => vi.useRealTimers());

async function answerAfter(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  const answering = note.end().then((standing) => note.answer(standing, ANSWER));
  await vi.advanceTimersByTimeAsync(2_000);
  await answering;
  await vi.advanceTimersByTimeAsync(60_000);
}

it("does not come before a quick answer", async () => {
  await answerAfter(1_999);
  expect(said).toEqual(["post: the answer"]);
});

it("comes after two seconds, and becomes the answer", async () => {
  await answerAfter(2_001);
  expect(said).toEqual([
    "note: Asking Microsoft Graph. That takes longer than usual; the answer comes here.",
    "note-1 becomes: the answer",
  ]);
});

it("is not waited for when Teams is slow with it, and says afterwards where the answer is", async () => {
  noteTakesMs = 30_000;
  await answerAfter(2_001);
  expect(said).toEqual([
    "post: the answer",
    "note: Asking Microsoft Graph. That takes longer than usual; the answer comes here.",
    "note-1 becomes: Microsoft Graph took longer than usual. What came of it is in this conversation by now.",
  ]);
});

it("that Teams does not change keeps no answer back", async () => {
  replacingFails = true;
  await answerAfter(2_001);
  expect(said.at(-1)).toBe("post: the answer");
});

const waits = (time: string) =>
  `Microsoft Graph is busy with this tenant and asks to wait ${time}. Nothing is to be done; the answer comes here.`;

it("says how long Graph asks to wait, also when that changes, in one message", async () => {
  graphWaits.tell(8);
  await vi.advanceTimersByTimeAsync(2_001);
  graphWaits.tell(0.2);
  await answerAfter(1_000);
  expect(said).toEqual([
    `note: ${waits("8 seconds")}`,
    `note-1 becomes: ${waits("a second")}`,
    "note-1 becomes: the answer",
  ]);
});

it("does not come because of a wait when the answer is quick, and hears of none after it", async () => {
  graphWaits.tell(1);
  await answerAfter(1_999);
  graphWaits.tell(8);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(["post: the answer"]);
});

it("becomes the answer after what it says of a wait, where Teams is slow with that", async () => {
  await vi.advanceTimersByTimeAsync(2_001);
  replaceTakesMs = 900;
  graphWaits.tell(5);
  await answerAfter(0);
  expect(said.slice(1)).toEqual([`note-1 becomes: ${waits("5 seconds")}`, "note-1 becomes: the answer"]);
});
