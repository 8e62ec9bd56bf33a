import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEvent } from "../../../src/core/audit/record.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { planDigest } from "../../../src/core/plan/plan-digest.js";
import { proposalDetail, termsDetail } from "../../../src/core/plan/plan-entry.js";
import { policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import type { WriteResult } from "../../../src/core/ports/acting.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** Our id of the write: the second that is made, after the scan's. */
const clientRequestId = "id-2";

async function writeAnswered(answer: WriteResult, effect: boolean): Promise<Plan> {
  const plan = await story.propose();
  story.world.nextPatch = { answer, effect };
  await story.approve(plan);
  return plan;
}

describe("the record of a proposal", () => {
  it("says who typed what, where, and what it came to", async () => {
    const plan = await story.propose();
    expect(story.entries()).toEqual([
      story.entry(plan, "plan-proposed", {
        by: ADA,
        detail: { command: "enable passkeys", ...termsDetail(plan), ...proposalDetail(plan.proposal) },
      }),
    ]);
  });
});

describe("the record of a new revision", () => {
  it("says at whose press the policy was found changed, and the new proposal", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    await story.approve(plan);
    const { proposal } = story.stored(plan) as Plan;
    expect(story.recorded("plan-revised")).toEqual(
      story.entry(plan, "plan-revised", {
        by: GRACE,
        detail: { clientRequestId, revision: 2, ...termsDetail(plan), ...proposalDetail(proposal) },
      }),
    );
  });

  it("says so when nothing of it is left to do", async () => {
    const plan = await story.propose();
    story.world.policy = plan.proposal.after;
    await story.approve(plan);
    expect(story.recorded("plan-superseded")).toEqual(
      story.entry(plan, "plan-superseded", {
        by: GRACE,
        detail: { clientRequestId, why: "already-in-force", refusal: "nothing-to-change" },
      }),
    );
  });
});

describe("the record of an approval", () => {
  it("says who, where, and on which policy; and of the last one what is about to be written", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const { fingerprint } = plan.proposal;
    const shown = planDigest(plan);
    await story.approve(plan, JOAN);
    const first = story.entry(plan, "plan-approved", { by: JOAN, detail: { fingerprint, shown } });
    expect(story.entries().slice(1)).toEqual([first]);

    story.world.advance(5_000);
    const last = story.entry(plan, "plan-approved", { by: GRACE, detail: { fingerprint, shown } });
    await story.approve(plan, GRACE);
    const [{ body } = { body: {} }] = story.world.patches;
    expect(story.entries().slice(1, 4)).toEqual([
      first,
      last,
      { ...last, event: "write-intended", detail: { clientRequestId, body, fingerprint } },
    ]);
  });

  it("says why it came to nothing when the approver could not be signed in", async () => {
    const plan = await story.propose();
    story.world.signInProblem = "consent-missing";
    await story.approve(plan);
    expect(story.entries().slice(1)).toEqual([
      story.entry(plan, "attempt-failed", { by: GRACE, detail: { problem: "consent-missing" } }),
    ]);
  });
});

describe("the record of an outcome", () => {
  const requestId = "graph-1";

  it.each<[AuditEvent, WriteResult, boolean, JsonObject]>([
    ["write-verified", { kind: "accepted", requestId }, true, {}],
    ["write-without-effect", { kind: "accepted", requestId }, false, { why: "no-effect" }],
    ["write-unknown", { kind: "unclear", why: "dropped", requestId }, false, { seen: "before" }],
    [
      "write-refused",
      { kind: "declined", status: 400, code: "bad", message: "No.", requestId },
      false,
      { status: 400, code: "bad", message: "No." },
    ],
    [
      "attempt-failed",
      { kind: "declined", status: 403, code: "denied", message: "No.", requestId },
      false,
      { fault: "write-denied", why: "No." },
    ],
  ])(
    "%s says whose write it was, where it was approved, both ids, and what was seen",
    async (event, answer, effect, detail) => {
      const plan = await writeAnswered(answer, effect);
      expect(story.recorded("write-intended")?.detail.clientRequestId).toBe(clientRequestId);
      expect(story.recorded(event)).toEqual(
        story.entry(plan, event, { by: GRACE, detail: { clientRequestId, requestId, ...detail } }),
      );
    },
  );

  it("has our id also when nobody answered and reading settled it", async () => {
    const plan = await writeAnswered({ kind: "unclear", why: "dropped" }, true);
    const detail = { clientRequestId, requestId: null };
    expect(story.recorded("write-verified")).toEqual(
      story.entry(plan, "write-verified", { by: GRACE, detail }),
    );
  });

  it("says who else wrote meanwhile", async () => {
    const plan = await story.propose();
    const eve = { name: "Eve", at: story.now() };
    story.world.otherWriters = [eve];
    await story.approve(plan);
    await story.afterwards();
    expect(story.recorded("write-verified")?.detail).toEqual({ clientRequestId, requestId });
    expect(story.recorded("other-writers-found")).toEqual(
      story.entry(plan, "other-writers-found", {
        by: GRACE,
        detail: { clientRequestId, otherWriters: [eve] },
      }),
    );
  });

  it("says what the policy is compared with from then on", async () => {
    const plan = await writeAnswered({ kind: "accepted", requestId }, true);
    const { after } = plan.proposal;
    const { conversation: _, ...entry } = story.entry(plan, "baseline-set", {
      by: GRACE,
      detail: { source: "applied", fingerprint: policyFingerprint(after), policy: after },
    });
    expect(story.entries().at(-1)).toEqual(entry);
  });

  it("says what was found instead, and how that differs from what was and from what was wanted", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "dropped" } };
    story.world.beforePatch = () => {
      story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    };
    await story.approve(plan);
    const { state } = story.stored(plan) as Plan;
    if (state.kind !== "unknown" || state.seen !== "something-else") throw new Error("nothing was found");
    const { sinceBefore, besideWanted } = state.found;
    expect(sinceBefore).toEqual([{ setting: "self-service", before: true, after: false }]);
    expect(besideWanted).toContainEqual({ setting: "self-service", before: true, after: false });
    expect(story.recorded("write-unknown")?.detail).toEqual({
      clientRequestId,
      seen: "something-else",
      found: {
        policy: story.world.policy,
        sinceBefore,
        besideWanted,
        losing: {
          kind: "by-scan",
          scanFrom: expect.any(String),
          complete: true,
          losing: [],
          keepingAnother: 0,
        },
      },
      otherWriters: [],
    });
  });
});
