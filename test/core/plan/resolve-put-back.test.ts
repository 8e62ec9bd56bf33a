import { beforeEach, describe, expect, it } from "vitest";
import type { Drift } from "../../../src/core/drift/drift.js";
import { driftDigest } from "../../../src/core/drift/drift-digest.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { WatchStory } from "../drift/watch-story.js";
import { ADA, GRACE, JOAN, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

let story: WatchStory;
let drift: Drift;
beforeEach(async () => {
  story = new WatchStory();
  story.world.policy = legacyPolicy();
  await story.world.scan();
  drift = await story.drift();
});

/** @param card the drift whose card's button was pressed; left out: the command was typed */
const putBack = (card?: Drift, driftNumber = 1) =>
  proposeChange(story.world.ports, story.rules, {
    command: { kind: "put-back", driftNumber, ...(card === undefined ? {} : shownOn(card)) },
    typed: "put back drift 1",
    requester: ADA,
    conversation: ROOM,
  });

const shownOn = ({ revision, ...drift }: Drift) => ({
  revision,
  digest: driftDigest({ revision, ...drift }),
});

async function planned(card?: Drift) {
  const plan = await putBack(card);
  if ("kind" in plan) throw new Error(plan.kind === "refusal" ? plan.code : plan.kind);
  return plan;
}

describe("putting a drift back", () => {
  it("is a plan that takes back what the drift changed, and waits for an approver", async () => {
    const plan = await planned(drift);
    expect(plan).toMatchObject({
      requester: ADA,
      intent: { kind: "revert", of: { kind: "drift", driftNumber: 1 } },
      proposal: { changes: [{ setting: "self-service", before: false, after: true }] },
      state: { kind: "waiting" },
    });
    expect(story.world.patches).toEqual([]);
    expect(await story.check()).toMatchObject({ kind: "drift" });
  });

  it("ends the drift when the plan is in force", async () => {
    const plan = await planned();
    await story.approve(plan, GRACE);
    expect(story.world.policy.isSelfServiceRegistrationAllowed).toBe(true);
    expect(story.world.store.watch.drifts.get(1)?.state).toMatchObject({
      kind: "put-back",
      planNumber: plan.number,
      by: GRACE,
    });
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    expect(story.world.drifts.at(-1)).toMatchObject({ state: { kind: "put-back" } });
  });

  it("leaves what was changed besides, which stays drift", async () => {
    const plan = await planned();
    story.edit({ isAttestationEnforced: false });
    await story.approve(plan, GRACE);
    const revised = story.stored(plan);
    expect(revised).toMatchObject({ revision: 2, note: { kind: "policy-moved" } });
    if (revised) await story.approve(revised, JOAN);
    expect(await story.check()).toMatchObject({
      drift: { number: 1, revision: 2, difference: { changes: [{ setting: "attestation" }] } },
    });
  });

  it("is refused in an older revision, and when there is nothing to put back", async () => {
    story.edit({ isAttestationEnforced: false });
    await story.check();
    expect(await putBack(drift)).toMatchObject({ code: "stale-drift", revision: 2 });
    expect(await putBack(drift, 9)).toMatchObject({ code: "unknown-drift" });
    for (const person of [JOAN, GRACE]) {
      await story.accept(story.world.store.watch.drifts.get(1) as Drift, "because", { person });
    }
    expect(await putBack()).toMatchObject({ code: "drift-decided", state: "accepted", by: GRACE });
    expect(story.world.store.plansByNumber.size).toBe(0);
  });

  it("is one plan, however often it is asked for while that waits", async () => {
    const plan = await planned();
    expect(await putBack()).toMatchObject({ code: "drift-has-plan", planNumber: plan.number });
  });

  it("is another plan when the one that waits takes back less than the drift is by now", async () => {
    const first = await planned();
    story.edit({ isAttestationEnforced: false });
    expect(await story.check()).toMatchObject({ drift: { revision: 2 } });
    const second = await planned(story.world.store.watch.drifts.get(1));
    expect(second.proposal.changes).toMatchObject([{ setting: "self-service" }, { setting: "attestation" }]);
    await story.approve(second, GRACE);
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    await story.approve(first, GRACE);
    expect(story.stored(first)).toMatchObject({ state: { kind: "superseded", why: "already-in-force" } });
  });

  it("can be done although everything that was accepted since is newer", async () => {
    const plan = await planned();
    for (const person of [JOAN, GRACE]) await story.accept(drift, "because", { person });
    await story.approve(plan, GRACE);
    expect(story.world.policy.isSelfServiceRegistrationAllowed).toBe(true);
    expect(await story.check()).toMatchObject({
      kind: "as-baseline",
      baseline: { source: { kind: "applied" } },
    });
  });
});
