import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import { conversationId } from "../../../src/core/person.js";
import type { DeferredChange } from "../../../src/core/stores.js";
import { deferredAnswers } from "../../../src/teams/board/deferred-answers.js";
import { ADA, enablePlan, GRACE } from "../cards/plan/sample-plans.js";
import { aScan } from "../cards/scan/sample-scans.js";
import { BoardStage } from "./board-stage.js";

const [ROOM, CHAT] = [conversationId("room"), conversationId("chat")];
let stage: BoardStage;
let announcer: ReturnType<typeof deferredAnswers>;
let shown: string[];
let idle: () => Promise<void>;
beforeEach(() => {
  stage = new BoardStage();
  stage.know("chat", "personal");
  stage.know("room", "group");
  const process = stage.start();
  shown = [];
  announcer = deferredAnswers(process.outside, async (plan, conversation) => {
    shown.push(`#${plan.number} in ${conversation}`);
  });
  idle = process.idle;
});

describe("a change that waited for a scan", () => {
  const waiting: DeferredChange = {
    id: "w-1",
    kind: "propose",
    tenantId: aScan().tenantId,
    person: ADA,
    conversation: ROOM,
    askedAt: "2026-11-22T10:00:00.000Z",
    command: { kind: "disable" },
    typed: "disable passkeys",
  };
  const texts = () => stage.calls.map(({ said }) => (JSON.parse(said) as { text: string }).text);

  it("and cannot be proposed is refused where it was asked, to the person by name", async () => {
    await announcer.changeRefused(waiting, refuse({ code: "nothing-to-change" }));
    await idle();
    expect(texts()).toEqual([
      "Ada Lovelace, about `disable passkeys`: The policy is like that already, so there is nothing to approve. Say `show policy` to see it.",
    ]);
  });

  it("and is a plan already has that plan's card where it was asked, and why there is no other", async () => {
    await announcer.changeThere(waiting, enablePlan({ number: 12 }));
    await idle();
    expect(shown).toEqual(["#12 in room"]);
    expect(texts()).toEqual([
      "Ada Lovelace, about `disable passkeys`: Plan #12, which Ada Lovelace asked for, is this very change and waits for approval, so no second one was made. Its card is in this conversation; say `cancel 12` to take it back.",
    ]);
  });

  it("and is a plan of another person says who can take that back", async () => {
    await announcer.changeThere({ ...waiting, person: GRACE }, enablePlan({ number: 12 }));
    await idle();
    expect(texts().join()).toMatch(/Ada Lovelace or an approver can take it back with `cancel 12`\.$/);
  });

  it("names emergency accounts only where names may show", async () => {
    const refusal = refuse({ code: "emergency-account-cut-off", people: [GRACE] });
    await announcer.changeRefused(waiting, refusal);
    await announcer.changeRefused({ ...waiting, conversation: CHAT }, refusal);
    await idle();
    const named = (place: string) =>
      stage.calls.find((each) => each.place === place)?.said.includes("Grace Hopper");
    expect([named(ROOM), named(CHAT)]).toEqual([false, true]);
  });

  it("and could not be read says what failed, about a plan by its number", async () => {
    const revise: DeferredChange = { ...waiting, kind: "revise", planNumber: 12 };
    await announcer.changeFailed(revise, new Fault("graph-unreachable", "raw message"));
    await idle();
    expect(texts()).toEqual([
      "Ada Lovelace, about plan #12: Microsoft Graph did not answer. Wait a minute, then try again.",
    ]);
  });

  it("never throws, whatever Teams does", async () => {
    stage.onCall = async () => {
      throw new Error("Teams is down");
    };
    await announcer.changeFailed(waiting, new TypeError("secret internals"));
    await idle();
    expect(stage.logged).toContain("waiting-person-not-answered");
  });
});
