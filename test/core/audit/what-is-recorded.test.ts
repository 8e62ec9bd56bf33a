import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEvent } from "../../../src/core/audit/record.js";
import type { WriteResult } from "../../../src/core/ports.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, ROOM } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const last = (event: AuditEvent) => story.world.store.records.findLast((record) => record.event === event);

async function writeAnswered(answer: WriteResult, effect: boolean): Promise<void> {
  const plan = await story.propose();
  story.world.nextPatch = { answer, effect };
  await story.approve(plan);
}

describe("the record of a proposal", () => {
  it("says who typed what, where, and both policies", async () => {
    const { proposal } = await story.propose();
    expect(last("plan-proposed")).toMatchObject({
      by: ADA,
      conversation: ROOM,
      planNumber: 1,
      revision: 1,
      detail: { command: "enable passkeys", before: proposal.before, after: proposal.after },
    });
  });
});

describe("the record of a decision", () => {
  it("says who, where, and on which policy", async () => {
    const plan = await story.propose();
    await story.approve(plan);
    const { fingerprint } = plan.proposal;
    expect(last("plan-approved")).toMatchObject({ by: GRACE, conversation: ROOM, detail: { fingerprint } });
  });
});

describe("the record of an outcome", () => {
  it.each<[AuditEvent, WriteResult, boolean, object]>([
    ["write-verified", { kind: "accepted", requestId: "graph-1" }, true, {}],
    ["write-without-effect", { kind: "accepted", requestId: "graph-1" }, false, {}],
    ["write-unknown", { kind: "unclear", why: "dropped", requestId: "graph-1" }, false, { seen: "before" }],
    [
      "write-refused",
      { kind: "declined", status: 400, code: "bad", message: "No.", requestId: "graph-1" },
      false,
      { status: 400, code: "bad", message: "No." },
    ],
    [
      "attempt-failed",
      { kind: "declined", status: 403, code: "denied", message: "No.", requestId: "graph-1" },
      false,
      { fault: "graph-denied" },
    ],
  ])(
    "%s says whose write it was, where it was approved, both ids, and what was seen",
    async (event, answer, effect, detail) => {
      await writeAnswered(answer, effect);
      const clientRequestId = last("write-intended")?.detail.clientRequestId;
      expect(clientRequestId).toEqual(expect.any(String));
      expect(last(event)).toMatchObject({
        by: GRACE,
        conversation: ROOM,
        planNumber: 1,
        revision: 1,
        detail: { clientRequestId, requestId: "graph-1", ...detail },
      });
    },
  );

  it("has our id also when nobody answered and reading settled it", async () => {
    await writeAnswered({ kind: "unclear", why: "dropped" }, true);
    const clientRequestId = last("write-intended")?.detail.clientRequestId;
    expect(last("write-verified")).toMatchObject({
      by: GRACE,
      conversation: ROOM,
      detail: { clientRequestId },
    });
  });
});
