import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import { answerOnce } from "../../../src/core/replica/answer-once.js";
import { FakeWorld } from "../fake-world.js";

const OTHER = replicaId("another process");
let world: FakeWorld;
let answers: number;
let otherIsGone: boolean;
beforeEach(() => {
  world = new FakeWorld();
  answers = 0;
  otherIsGone = false;
});

function deliver(key: string | undefined = "message", answer = async () => {}): Promise<void> {
  const replicas = { ...world.ports.replicas, isGone: async () => otherIsGone };
  return answerOnce({ ...world.ports, replicas }, world.rules, key, async () => {
    answers += 1;
    await answer();
  });
}

const takenElsewhere = () =>
  world.store.takenMessages.take({
    key: "message",
    tenantId: world.rules.tenantId,
    taker: OTHER,
    takenAt: new Date(world.time).toISOString(),
  });

describe("a message that Teams delivers again", () => {
  it("is answered once, and another one is another", async () => {
    await deliver();
    await deliver();
    await deliver("another");
    expect(answers).toBe(2);
  });

  it("is answered once while it is being answered", async () => {
    let finish = () => {};
    const answering = deliver("message", () => new Promise((resolve) => (finish = resolve)));
    await new Promise((resolve) => setImmediate(resolve));
    await deliver();
    finish();
    await answering;
    expect(answers).toBe(1);
  });

  it("is not answered again because the answer went wrong: the person was told", async () => {
    const broken = deliver("message", async () => {
      throw new TypeError("a mistake");
    });
    await expect(broken).rejects.toThrow("a mistake");
    await deliver();
    expect(answers).toBe(1);
  });

  it("waits for the process that took it, and is left to that one when it answers", async () => {
    await takenElsewhere();
    world.onSleep = () => void world.store.takenMessages.answered("message");
    await deliver();
    expect(answers).toBe(0);
  });

  it("is answered here when that process turns out to be gone", async () => {
    await takenElsewhere();
    let looks = 0;
    world.onSleep = () => {
      looks += 1;
      otherIsGone = looks === 5;
    };
    await deliver();
    expect(answers).toBe(1);
    expect(world.noted).toContainEqual({ event: "message-taken-over", from: OTHER });
    await deliver();
    expect(answers).toBe(1);
  });

  it("is left to a process that lives, however long that takes", async () => {
    await takenElsewhere();
    const since = world.time;
    await deliver();
    expect(answers).toBe(0);
    expect(world.time - since).toBe(60_000);
  });
});

it("a message without an id is answered each time: nobody can tell that it is the same", async () => {
  const answer = async () => {
    answers += 1;
  };
  for (const _ of [1, 2]) await answerOnce(world.ports, world.rules, undefined, answer);
  expect(answers).toBe(2);
});

it("a store that is away keeps no person from an answer", async () => {
  world.store.takenMessages.fault = new Fault("store-unavailable", "locked");
  await deliver();
  expect(answers).toBe(1);
});
