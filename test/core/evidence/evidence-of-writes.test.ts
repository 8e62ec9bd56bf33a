import { expect, it } from "vitest";
import type { AuditRecord } from "../../../src/core/audit/record.js";
import { fromExactText } from "../../../src/core/evidence/evidence-html.js";
import { evidencePage } from "../../../src/core/evidence/evidence-page.js";
import { groupId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { PlanStory } from "../apply/plan-story.js";
import { ThrottledStory } from "../apply/throttled-story.js";
import { YUBIKEY_5_NFC } from "../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000002";

/** The words of the page about a plan as it stands in the story, without its markup. */
function page(story: PlanStory, plan: Plan): string {
  const { records } = story.world.store;
  const last = records.at(-1) as AuditRecord;
  const evidence = {
    plan: story.stored(plan) as Plan,
    records: records.filter(({ planNumber }) => planNumber === plan.number),
    head: { sequence: last.sequence, hash: last.hash },
    at: story.now(),
  };
  const made = evidencePage(evidence).replace(/<style>[\s\S]*?<\/style>/, "");
  return fromExactText(made.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");
}

it("has each attempt of a write that Graph put off by itself, and until when it was put off", async () => {
  const story = new ThrottledStory();
  const plan = await story.propose();
  story.throttleWrites(20);
  await story.approve(plan);
  const words = page(story, plan);
  const [first, second] = story.world.patches.map(({ clientRequestId }) => clientRequestId);
  const attempt = (id: string | undefined, outcome: string) =>
    new RegExp(
      `client-request-id\\) ${id} Graph's id of the request \\(request-id\\) \\S+ What became of it [\\d: UTC-]+: ${outcome}`,
    );
  expect(words).toMatch(attempt(first, "Put off, nothing was written"));
  expect(words).toMatch(attempt(second, "Read back and found in force"));
  expect(words).toContain("What failed write-throttled Why too many Put off until 2026-11-22T10:00:20.000Z");
});

it("has what was read back beside the plan, and who loses by it", async () => {
  const story = new PlanStory();
  const { world } = story;
  world.passkeys.set("mary", [YUBIKEY_5_NFC as Aaguid]);
  const pilot = { name: "Pilot", kind: "security", securityEnabled: true, members: ["mary"] } as const;
  world.groups.set(groupId(PILOT), pilot);
  const plan = await story.propose();
  // What is waited for by the clock comes after what can be told at once.
  world.ports.clock.sleep = async (milliseconds) => {
    world.advance(milliseconds);
    await story.afterwards();
  };
  const excluded = { excludeTargets: [{ id: PILOT, targetType: "group" }] };
  const read = world.ports.tenant.readPolicy;
  world.ports.tenant.readPolicy = async () => ({
    ...(await read()),
    ...(world.patches.length === 0 ? {} : excluded),
  });
  await story.approve(plan);
  const words = page(story, plan);
  expect(words).toContain("Plan #1 Outcome not known yet");
  expect(words).toMatch(
    /What was read back beside the plan Read [\d: -]+ UTC, compared with what was planned\. Setting Before After Except nobody Pilot .* 1 person loses passkey sign-in by it, by the last scan\. mary mary Decisions/,
  );
});
