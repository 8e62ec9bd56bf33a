import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import { conversationId, type PersonId, personId } from "../../../../src/core/person.js";
import {
  type RecentApproverChats,
  recentApproverChats,
} from "../../../../src/teams/board/approvers/approver-chats.js";
import { FakeWorld, GRACE, JOAN } from "../../../core/fake-world.js";
import { FakeConversations } from "../../fake-conversations.js";

let world: FakeWorld;
let chats: FakeConversations;
let now: number;
/** How often it was asked who holds a role. */
let reads: number;
let recent: RecentApproverChats;

beforeEach(() => {
  world = new FakeWorld();
  chats = new FakeConversations();
  now = 0;
  reads = 0;
  recent = recentApproverChats({ elapsed: () => now });
});

/** Each of these people has a chat with the bot. */
function haveChats(...people: readonly PersonId[]): void {
  for (const id of people) {
    chats.known.set(`a:${id}`, {
      id: conversationId(`a:${id}`),
      tenantId: world.rules.tenantId,
      kind: "personal",
      person: { id, name: id },
      reference: {},
      approvalRoom: false,
    });
  }
}
const employees = (count: number): readonly PersonId[] =>
  Array.from({ length: count }, (_, at) => personId(`employee-${at}`));

async function find() {
  const { directory } = world.ports;
  const holdersOf: typeof directory.holdersOf = (role) => {
    reads += 1;
    return directory.holdersOf(role);
  };
  const { conversations } = chats;
  const found = await recent.find(
    { ...world.ports, conversations, directory: { ...directory, holdersOf } },
    world.rules,
  );
  return { are: found.are, whose: found.chats.map(({ person }) => person.id) };
}
const ROLES = 2;

describe("the chats of approvers", () => {
  it("are found by the roles, without a look at each person who has one", async () => {
    haveChats(...employees(1_000), GRACE.id);
    expect(await find()).toEqual({ are: "all", whose: [GRACE.id] });
    expect(reads).toBe(ROLES);
  });

  it("are found by roles read once in five seconds, also at the same moment, and by chats of now", async () => {
    haveChats(GRACE.id);
    await Promise.all([find(), find()]);
    haveChats(JOAN.id);
    now = 4_999;
    expect((await find()).whose).toEqual([GRACE.id, JOAN.id]);
    expect(reads).toBe(ROLES);
    world.roles.delete(GRACE.id);
    now = 5_000;
    expect((await find()).whose).toEqual([JOAN.id]);
    expect(recent.lastFound()).toEqual([JOAN.id]);
  });

  it("are those found last and some others where the roles cannot be read, which is said", async () => {
    haveChats(...employees(1_000), GRACE.id);
    await find();
    now = 5_000;
    world.holdersFault = new Fault("graph-throttled", "busy");
    const { are, whose } = await find();
    expect([are, whose.length, whose[0]]).toEqual(["some", 50, GRACE.id]);
    expect(world.noted.map(({ event }) => event)).toEqual(["approvers-not-read"]);
    await find();
    expect(reads).toBe(2 * ROLES);
  });

  it("are at once those of who was found to be one by another look-up, and in five seconds only by the roles", async () => {
    haveChats(GRACE.id, personId("ada"));
    await find();
    now = 4_000;
    recent.add(personId("ada"));
    expect((await find()).whose).toEqual([GRACE.id, personId("ada")]);
    now = 9_000;
    expect((await find()).whose).toEqual([GRACE.id]);
  });

  it("are no more than can be looked up one by one, which is said", async () => {
    const all = employees(60);
    world.rules = { ...world.rules, approvers: all };
    haveChats(...all);
    expect(await find()).toEqual({ are: "all", whose: all.slice(0, 50) });
    expect(world.noted).toEqual([{ event: "too-many-approvers", have: 60, shown: 50 }]);
  });
});
