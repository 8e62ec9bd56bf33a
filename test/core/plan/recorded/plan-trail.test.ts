import { beforeEach, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../../../src/core/audit/record.js";
import type { JsonObject } from "../../../../src/core/json.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { PlanTrail } from "../../../../src/core/plan/recorded/plan-trail.js";
import { PlanStory } from "../../apply/plan-story.js";
import { ADA, GRACE, JOAN } from "../../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** What is wrong with the records, in their order, and in what the plan is not what they say. */
function judged(plan: Plan, records: readonly AuditRecord[] = story.world.store.records) {
  const trail = new PlanTrail();
  const broken = records
    .filter(({ planNumber }) => planNumber === plan.number)
    .flatMap((record) => trail.take(record) ?? []);
  return { broken, unlike: trail.whyNot(plan) };
}
const HONEST = { broken: [], unlike: undefined };

/** A plan that two people approved and that was written. */
async function written(): Promise<Plan> {
  story.rules = { ...story.rules, approvalsRequired: 2 };
  const plan = await story.propose();
  await story.approve(plan, JOAN);
  await story.approve(plan, GRACE);
  return story.stored(plan) as Plan;
}

const changed = (event: string, change: (record: AuditRecord) => Partial<AuditRecord>) =>
  story.world.store.records.map((record) =>
    record.event === event ? { ...record, ...change(record) } : record,
  );
const without = (fits: (record: AuditRecord) => boolean) =>
  story.world.store.records.filter((record) => !fits(record));

describe("the trail of an honest plan", () => {
  it("is what the plan says, from its proposal to its end", async () => {
    const plan = await written();
    expect(plan.state.kind).toBe("applied");
    expect(judged(plan)).toEqual(HONEST);
  });

  it("is so while it waits, when it was made anew, and when an attempt failed", async () => {
    const plan = await story.propose();
    expect(judged(plan)).toEqual(HONEST);
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    await story.approve(plan);
    const revised = story.stored(plan) as Plan;
    expect(revised.revision).toBe(2);
    expect(judged(revised)).toEqual(HONEST);
    const answer = { kind: "declined", status: 403, code: "Forbidden", message: "no" } as const;
    story.world.nextPatch = { answer, effect: false };
    await story.approve(revised);
    expect(judged(story.stored(plan) as Plan)).toEqual(HONEST);
  });

  it("is so by the records of an earlier version, which told less", async () => {
    const plan = await written();
    const first = story.world.store.records.find(({ event }) => event === "plan-proposed") as AuditRecord;
    const { intent: _i, expiresAt: _e, approvalsRequired: _a, ...told } = first.detail;
    const { scan: _s, ...impact } = told.impact as JsonObject;
    const older = changed("plan-proposed", () => ({ detail: { ...told, impact } }));
    expect(judged(plan, older)).toEqual(HONEST);
  });
});

describe("a write on record", () => {
  it("that is not what was proposed is seen for ever, whatever the plan says by then", async () => {
    const plan = await written();
    const wanted = story.world.store.records.find(({ event }) => event === "write-intended")?.detail
      .body as Record<string, never>;
    const { "@odata.type": type = null, ...members } = wanted;
    const [first = ""] = Object.keys(members);
    const bodies = [
      { ...wanted, state: "disabled" },
      { ...wanted, somethingElse: true },
      { "@odata.type": type },
      Object.fromEntries(Object.entries(wanted).filter(([name]) => name !== first)),
      null,
    ];
    for (const body of bodies) {
      const forged = changed("write-intended", ({ detail }) => ({ detail: { ...detail, body } }));
      expect(judged(plan, forged).broken, JSON.stringify(body)).toEqual(["write-not-as-proposed"]);
    }
  });

  it("takes as many approvals of that revision as the plan needs, one of them of the person who writes", async () => {
    const plan = await written();
    const byJoan = ({ event, by }: AuditRecord) => event === "plan-approved" && by?.id === JOAN.id;
    expect(judged(plan, without(byJoan))).toEqual({ broken: ["write-not-approved"], unlike: "approvals" });
    const twice = changed("plan-approved", () => ({ by: GRACE }));
    expect(judged(plan, twice)).toEqual({ broken: ["write-not-approved"], unlike: "approvals" });
    const older = changed("plan-approved", () => ({ revision: 0 }));
    expect(judged(plan, older).broken).toEqual(["write-not-approved"]);
    const another = changed("write-intended", () => ({ by: ADA }));
    expect(judged(plan, another).broken).toEqual(["write-not-approved"]);
  });

  it("of an earlier version is counted by what the plan says it needed", async () => {
    const plan = await written();
    const byJoan = ({ event, by }: AuditRecord) => event === "plan-approved" && by?.id === JOAN.id;
    const older = without(byJoan).map((record) => {
      const { approvalsRequired: _, ...detail } = record.detail;
      return { ...record, detail };
    });
    expect(judged(plan, older)).toEqual({ broken: [], unlike: "approvals" });
  });

  it("is not followed by anything after the end of the plan", async () => {
    const plan = await written();
    const { records } = story.world.store;
    const approved = records.filter(({ event }) => event === "plan-approved");
    expect(judged(plan, [...records, ...approved]).broken).toEqual(["after-the-end", "after-the-end"]);
  });
});

describe("a plan that was edited and then sealed by a record", () => {
  it.each<[string, (plan: Plan) => Partial<Plan>]>([
    ["requester", () => ({ requester: JOAN })],
    ["revision", () => ({ revision: 2 })],
    ["state", () => ({ state: { kind: "waiting" } })],
    ["proposal", ({ proposal }) => ({ proposal: { ...proposal, after: proposal.before } })],
    ["proposal", ({ proposal }) => ({ proposal: { ...proposal, before: proposal.after } })],
    ["proposal", ({ proposal }) => ({ proposal: { ...proposal, changes: [] } })],
    ["proposal", ({ proposal }) => ({ proposal: { ...proposal, warnings: [] } })],
    [
      "proposal",
      ({ proposal }) => ({ proposal: { ...proposal, impact: { ...proposal.impact, narrows: true } } }),
    ],
    ["proposal", () => ({ expiresAt: "2999-01-01T00:00:00.000Z" })],
    ["proposal", () => ({ approvalsRequired: 1 })],
    ["proposal", () => ({ intent: { kind: "disable" } })],
    ["approvals", ({ approvals }) => ({ approvals: approvals.map((one) => ({ ...one, by: ADA })) })],
    ["approvals", ({ approvals }) => ({ approvals: approvals.map((one) => ({ ...one, revision: 7 })) })],
  ])("is not what its records say: %s", async (unlike, change) => {
    const plan = await written();
    expect(judged({ ...plan, ...change(plan) })).toEqual({ broken: [], unlike });
  });
});
