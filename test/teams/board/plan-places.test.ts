import { expect, it } from "vitest";
import { conversationId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { type ApproverChats, approverChats } from "../../../src/teams/board/approvers/approver-chats.js";
import { LiveCards } from "../../../src/teams/board/live-cards.js";
import { planCards } from "../../../src/teams/board/plan-cards.js";
import { enablePlan, GRACE } from "../cards/plan/sample-plans.js";
import { aScan } from "../cards/scan/sample-scans.js";
import { BoardStage } from "./board-stage.js";

it("an approval room has a plan's card while it is still being read who may approve", async () => {
  const stage = new BoardStage();
  const { outside, connected, idle } = stage.start();
  stage.know("room");
  const chat = stage.know(`a:${GRACE.id}`, "personal");
  const known = stage.stores.known.get(chat);
  if (known === undefined) throw new Error("no chat");
  let answer: (chats: ApproverChats) => void = () => {};
  const cards = new LiveCards(
    outside,
    connected.ports,
    planCards(connected, {
      findChats: () => new Promise((resolve) => (answer = resolve)),
      mayApprove: async () => true,
      isShut: () => false,
    }),
  );
  const plan = enablePlan({ tenantId: aScan().tenantId, conversation: conversationId("none") });
  stage.world.store.plansByNumber.set(plan.number, plan);
  const told = cards.tell(plan);
  await stage.settled();
  expect([stage.how("room"), stage.how(chat)]).toEqual([["post"], []]);
  answer({ chats: [{ ...known, person: GRACE }], are: "all" });
  await told;
  await idle();
  expect([stage.how("room"), stage.how(chat)]).toEqual([["post"], ["post"]]);
});

it("the newest plan is looked for once to announce it, and before and after each copy is posted", async () => {
  const stage = new BoardStage();
  const { outside, connected, idle } = stage.start();
  for (const room of ["one", "two", "three"]) stage.know(room);
  let looks = 0;
  const plans = {
    ...connected.ports.plans,
    versionOf: async (...asked: Parameters<typeof connected.ports.plans.versionOf>) => {
      looks += 1;
      return connected.ports.plans.versionOf(...asked);
    },
  };
  const ports = { ...connected.ports, plans };
  const seeing = { findChats: approverChats, mayApprove: async () => true, isShut: () => false };
  const cards = new LiveCards(outside, ports, planCards({ ...connected, ports }, seeing));
  const plan = enablePlan({ tenantId: aScan().tenantId, conversation: conversationId("none") });
  stage.world.store.plansByNumber.set(plan.number, plan);
  await cards.tell(plan);
  await idle();
  expect(stage.calls.map(({ how }) => how)).toEqual(["post", "post", "post"]);
  expect(looks).toBe(1 + 2 * 3);
});

it("who may approve is read again a minute later where it could not be, once at a time, until the plan is decided", async () => {
  const stage = new BoardStage();
  const { outside, connected, idle } = stage.start();
  const chat = stage.know(`a:${GRACE.id}`, "personal");
  const known = stage.stores.known.get(chat);
  if (known === undefined) throw new Error("no chat");
  let found: ApproverChats = { chats: [], are: "some" };
  let looks = 0;
  const findChats = async () => {
    looks += 1;
    return found;
  };
  const seeing = { findChats, mayApprove: async () => true, isShut: () => false };
  const cards = new LiveCards(outside, connected.ports, planCards(connected, seeing));
  const plan = enablePlan({ tenantId: aScan().tenantId, conversation: conversationId("none") });
  stage.world.store.plansByNumber.set(plan.number, plan);
  await cards.tell(plan);
  await cards.tell(plan);
  expect(stage.pauses.map(({ milliseconds }) => milliseconds)).toEqual([60_000]);
  found = { chats: [{ ...known, person: GRACE }], are: "all" };
  await stage.pausesEnd();
  await idle();
  expect(stage.how(chat)).toEqual(["post"]);
  expect(stage.pauses).toEqual([]);

  found = { ...found, are: "some" };
  await cards.tell(plan);
  const decided: Plan = { ...plan, version: 9, state: { kind: "cancelled", by: GRACE, at: plan.createdAt } };
  stage.world.store.plansByNumber.set(plan.number, decided);
  const before = looks;
  await stage.pausesEnd();
  await idle();
  expect([looks, stage.pauses]).toEqual([before, []]);
  expect(stage.how(chat)).toEqual(["post", "replace"]);
});
