import { beforeEach, describe, expect, it } from "vitest";
import { conversationId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { Ports } from "../../../src/core/ports.js";
import { planAnnouncer } from "../../../src/teams/board/announcer.js";
import { background } from "../../../src/teams/sending/background.js";
import type { Messenger } from "../../../src/teams/sending/messenger.js";
import { FakeWorld } from "../../core/fake-world.js";
import { enablePlan } from "../cards/plan/sample-plans.js";
import { FakeConversations } from "../fake-conversations.js";

const SLOW = conversationId("slow");
const version = (number: number, state: Plan["state"] = { kind: "waiting" }): Plan =>
  enablePlan({ version: number, revision: number, conversation: conversationId("none"), state });
const CANCELLED: Plan["state"] = {
  kind: "cancelled",
  by: enablePlan().requester,
  at: enablePlan().createdAt,
};

/** Ten conversations with a copy each; Teams does not answer for the first before it is told to. */
let stores: FakeConversations;
let world: FakeWorld;
let drawn: { readonly conversation: string; readonly card: string }[];
let askedSlow: number;
let answerSlow: () => void;
let announcer: ReturnType<typeof planAnnouncer>;
let work: ReturnType<typeof background>;

beforeEach(() => {
  stores = new FakeConversations();
  world = new FakeWorld();
  drawn = [];
  askedSlow = 0;
  const answered = new Promise<void>((resolve) => {
    answerSlow = resolve;
  });
  const draw = async (place: object, message: object): Promise<void> => {
    const conversation = (place as { id: string }).id;
    if (conversation === SLOW) askedSlow += 1;
    if (conversation === SLOW) await answered;
    drawn.push({ conversation, card: JSON.stringify(message) });
  };
  const messenger: Messenger = {
    post: async (place, message) => draw(place, message).then(() => `message-${drawn.length}`),
    replace: async (place, _, message) => draw(place, message),
    remove: async () => {},
  };
  const { log } = world.ports;
  work = background(log);
  const pause = () => new Promise<void>(() => {});
  const app = { clientId: "client", tenantId: "tenant", authorityHost: "https://login.example" };
  announcer = planAnnouncer({ ...stores, messenger, background: work, log, pause, app });
  const ports: Ports = { ...world.ports, conversations: stores.conversations };
  announcer.connect(ports, world.rules);
});

function postedIn(...ids: readonly string[]): void {
  const { tenantId, number: planNumber } = version(1);
  for (const id of ids) {
    const conversation = conversationId(id);
    stores.known.set(id, { id: conversation, tenantId, kind: "group", reference: {}, approvalRoom: false });
    stores.posted.push({ tenantId, planNumber, conversation, activityId: `card-${id}` });
  }
}
function store(plan: Plan): Plan {
  world.store.plansByNumber.set(plan.number, plan);
  return plan;
}
const cardsIn = (id: string) => drawn.filter(({ conversation }) => conversation === id);
const until = async (ready: () => boolean) => {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe("while Teams does not answer for one conversation", () => {
  it("the other copies of a plan are redrawn, change after change", async () => {
    postedIn(SLOW, ...Array.from("abcdefghi"));
    await announcer.planChanged(store(version(2)));
    await until(() => drawn.length === 9);
    await announcer.planChanged(store(version(3, CANCELLED)));
    await until(() => drawn.length === 18);
    expect(cardsIn("a").at(-1)?.card).toContain("Cancelled by");
    expect(cardsIn(SLOW)).toEqual([]);
    answerSlow();
    await work.idle();
  });

  it("the plan can be shown elsewhere, and the copy shown there is kept up to date", async () => {
    postedIn(SLOW, "a");
    await announcer.planChanged(store(version(2)));
    stores.posted.splice(1);
    await announcer.showIn(version(2), conversationId("a"));
    expect(stores.posted).toMatchObject([{ conversation: SLOW }, { conversation: "a" }]);
    await announcer.planChanged(store(version(3, CANCELLED)));
    await until(() => cardsIn("a").some(({ card }) => card.includes("Cancelled by")));
    answerSlow();
    await work.idle();
  });

  it("its own copies are drawn in order when it answers, the newest state last", async () => {
    postedIn(SLOW, "a");
    await announcer.planChanged(store(version(2)));
    await until(() => cardsIn("a").length === 1);
    await announcer.planChanged(store(version(3, CANCELLED)));
    await until(() => cardsIn("a").length === 2);
    answerSlow();
    await work.idle();
    const cards = cardsIn(SLOW).map(({ card }) => (card.includes("Cancelled by") ? "cancelled" : "waiting"));
    expect(cards).toEqual(["waiting", "cancelled"]);
  });

  it("it gets one card, however often the plan changes before it has one", async () => {
    postedIn(SLOW);
    stores.posted.splice(0);
    const asked = (plan: Plan): Plan => store({ ...plan, conversation: SLOW });
    await announcer.planChanged(asked(version(1)));
    await until(() => askedSlow === 1);
    await announcer.planChanged(asked(version(2)));
    await announcer.planChanged(asked(version(3)));
    answerSlow();
    await work.idle();
    expect(stores.posted).toHaveLength(1);
    expect(cardsIn(SLOW).at(-1)?.card).toContain("revision 3");
  });
});

it("a change announced while a copy is being posted reaches this copy, too", async () => {
  postedIn(SLOW);
  stores.posted.splice(0);
  const showing = announcer.showIn(store(version(1)), SLOW);
  await until(() => askedSlow === 1);
  await announcer.planChanged(store(version(2, CANCELLED)));
  await work.idle();
  answerSlow();
  await showing;
  expect(cardsIn(SLOW)).toHaveLength(2);
  expect(cardsIn(SLOW).at(-1)?.card).toContain("Cancelled by");
});
