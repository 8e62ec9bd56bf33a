import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { conversationId, type Person } from "../../../src/core/person.js";
import type { Rules } from "../../../src/core/ports.js";
import { viewIn } from "../../../src/teams/board/plan-viewer.js";
import type { Place } from "../../../src/teams/incoming/place.js";
import { FakeWorld } from "../../core/fake-world.js";
import { ADA, GRACE, narrowingPlan } from "../cards/plan/sample-plans.js";

const ROOM = "19:room@thread.tacv2";

/** How Ada's plan is drawn in a conversation. */
async function drawn(where: Place, mayApprove: boolean | Error, rules: Partial<Rules> = {}) {
  const world = new FakeWorld();
  const known = {
    id: conversationId(ROOM),
    approvalRoom: true,
  } as Awaited<ReturnType<typeof world.ports.conversations.find>>;
  const conversations = {
    ...world.ports.conversations,
    find: async (id: string) => (id === ROOM ? known : undefined),
  };
  const asks = async () => {
    if (mayApprove instanceof Error) throw mayApprove;
    return mayApprove;
  };
  return viewIn({ ...world.ports, conversations }, { ...world.rules, ...rules }, narrowingPlan(), where, {
    mayApprove: asks,
  });
}

const place = (id: string, more: Partial<Place>): Place => ({
  id: conversationId(id),
  kind: "channel",
  tenantId: narrowingPlan().tenantId,
  reference: {},
  ...more,
});
const chatOf = (person: Person): Place => place(`a:${person.id}`, { kind: "personal", person });
const IN_ROOM = place(ROOM, {});
const ELSEWHERE = place("19:other@thread.tacv2", {});

describe("how a plan's card is drawn", () => {
  it("names people in an approver's own chat and in approval rooms, and counts them elsewhere", async () => {
    expect(await drawn(chatOf(GRACE), true)).toMatchObject({ viewer: "others", names: "shown" });
    expect(await drawn(IN_ROOM, false)).toMatchObject({ viewer: "others", names: "shown" });
    expect(await drawn(ELSEWHERE, true)).toMatchObject({ viewer: "others", names: "counted" });
  });

  it("is for looking only in the chat of a person who may not approve", async () => {
    expect(await drawn(chatOf(GRACE), false)).toMatchObject({ viewer: "onlooker", names: "counted" });
  });

  it("lets the requester approve only who could approve for another", async () => {
    const lenient = { allowSelfApproval: true };
    expect(await drawn(chatOf(ADA), true, lenient)).toMatchObject({
      viewer: "requester",
      names: "shown",
      selfApproval: "allowed",
    });
    expect(await drawn(chatOf(ADA), false, lenient)).toMatchObject({
      viewer: "requester",
      names: "counted",
      selfApproval: "refused",
    });
  });

  it("names nobody where it cannot be looked up, and leaves the press to be checked", async () => {
    const away = new Fault("graph-unreachable", "no answer");
    expect(await drawn(chatOf(GRACE), away)).toMatchObject({ viewer: "others", names: "counted" });
    await expect(drawn(chatOf(GRACE), new Error("a mistake"))).rejects.toThrow("a mistake");
  });
});
