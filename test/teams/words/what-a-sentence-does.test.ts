import { describe, expect, it } from "vitest";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import type { Refusal } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { rulesFor } from "../../../src/core/policy/who-may-use.js";
import { planTitle } from "../../../src/teams/words/plan-words.js";
import { refusalText } from "../../../src/teams/words/refusal-text.js";
import { ADA, FakeWorld, ROOM } from "../../core/fake-world.js";
import { fc } from "../../setup/drawn.js";
import { GROUPS, policyFrom, textOf } from "./targets-notation.js";

const PEOPLE = [...new Set(Object.values(GROUPS).flatMap(({ members }) => members)), "other"].map(personId);

async function said(today: string, sentence: string): Promise<Plan | Refusal> {
  const world = new FakeWorld();
  for (const [name, { id, members }] of Object.entries(GROUPS)) world.addGroup(id, name, ...members);
  world.policy = policyFrom(today);
  await world.scan();
  const parsed = parseCommand(sentence);
  if (parsed.kind !== "command") throw new Error(`${sentence}: ${JSON.stringify(parsed)}`);
  const command = parsed.command as ChangeCommand;
  const request = { command, typed: sentence, requester: ADA, conversation: ROOM };
  const made = await proposeChange(world.ports, world.rules, request);
  if ("kind" in made && made.kind !== "refusal") throw new Error(made.kind);
  return made;
}

/** The title without the beginnings of ids, which every group has. */
const titleOf = (plan: Plan): string => planTitle(plan).replaceAll(/, \d{8}\)/g, ")");

describe("what a sentence does to whom passkeys are for", () => {
  it.each<[today: string, sentence: string, after: string, title: string]>([
    // Off: there is nobody to lose them.
    ["off: all", "enable passkeys", "on: all", "Turn passkeys on for all users"],
    ["off: ", "enable passkeys", "on: all", "Turn passkeys on for all users"],
    ["off: Pilot", "enable passkeys", "on: Pilot", "Turn passkeys on for Pilot (3 people)"],
    [
      "off: all",
      "enable passkeys for group Helpdesk",
      "on: Helpdesk",
      "Turn passkeys on for Helpdesk (2 people); no longer meant for all users",
    ],
    [
      "off: Pilot, Sales",
      "enable passkeys for group Helpdesk",
      "on: Helpdesk",
      "Turn passkeys on for Helpdesk (2 people); no longer meant for Pilot (3 people) and Sales (4 people)",
    ],
    [
      "off: Pilot",
      "enable passkeys for groups Pilot and Sales",
      "on: Pilot, Sales",
      "Turn passkeys on for Pilot (3 people) and Sales (4 people)",
    ],
    [
      "off: Pilot",
      "enable passkeys only for group Sales",
      "on: Sales",
      "Turn passkeys on for Sales (4 people); no longer meant for Pilot (3 people)",
    ],
    ["off: Pilot", "enable passkeys for everyone", "on: all", "Turn passkeys on for all users"],
    ["off: Pilot", "add group Sales", "off: Pilot, Sales", "Add Sales (4 people); passkeys stay off"],
    ["off: Pilot, Sales", "remove group Sales", "off: Pilot", "Remove Sales (4 people); passkeys stay off"],
    [
      "off: all [Default], Pilot [Synced]",
      "enable passkeys for group Sales",
      "on: Sales [Default]",
      "Turn passkeys on for Sales (4 people); no longer meant for all users and Pilot (3 people)",
    ],
    [
      "off: all [Default]",
      "enable passkeys for group Sales in profile Synced",
      "on: Sales [Synced]",
      "Turn passkeys on for Sales (4 people) in profile Synced; no longer meant for all users",
    ],
    ["off: Pilot []", "enable passkeys", "on: Pilot [Default]", "Turn passkeys on for Pilot (3 people)"],
    // On: a group is added.
    ["on: Pilot", "enable passkeys for group Helpdesk", "on: Pilot, Helpdesk", "Add Helpdesk (2 people)"],
    ["on: Pilot", "turn on passkeys for Sales", "on: Pilot, Sales", "Add Sales (4 people)"],
    [
      "on: Pilot",
      "enable passkeys for groups Helpdesk, Sales",
      "on: Pilot, Helpdesk, Sales",
      "Add Helpdesk (2 people) and Sales (4 people)",
    ],
    ["on: Pilot", "enable passkeys for groups Pilot, Sales", "on: Pilot, Sales", "Add Sales (4 people)"],
    ["on: Pilot", "add group Helpdesk", "on: Pilot, Helpdesk", "Add Helpdesk (2 people)"],
    ["on: Pilot; not Inner", "add group Sales", "on: Pilot, Sales; not Inner", "Add Sales (4 people)"],
    [
      "on: Pilot, Sales",
      "enable passkeys for everyone",
      "on: all",
      "All users may use passkeys (was 7 people)",
    ],
    [
      "on: Pilot; not Inner",
      "enable passkeys for all users",
      "on: all; not Inner",
      "All users may use passkeys (was 2 people)",
    ],
    // Only: others lose them, and the title says so.
    [
      "on: Pilot",
      "enable passkeys only for group Helpdesk",
      "on: Helpdesk",
      "Only Helpdesk (2 people) may use passkeys (was 3 people): 2 people lose passkeys",
    ],
    [
      "on: all",
      "enable passkeys only for group Helpdesk",
      "on: Helpdesk",
      "Only Helpdesk (2 people) may use passkeys (was all users): everybody else loses passkeys",
    ],
    [
      "on: Pilot, Sales",
      "enable passkeys for group Pilot only",
      "on: Pilot",
      "Only Pilot (3 people) may use passkeys (was 7 people): 4 people lose passkeys",
    ],
    [
      "on: Pilot, Inner",
      "enable passkeys only for Pilot",
      "on: Pilot",
      "Only Pilot (3 people) may use passkeys (was 3 people): nobody loses passkeys",
    ],
    // Groups by themselves.
    [
      "on: Pilot, Helpdesk",
      "remove group Helpdesk",
      "on: Pilot",
      "Remove Helpdesk (2 people): 1 person loses passkeys",
    ],
    ["on: Pilot, Inner", "remove group Inner", "on: Pilot", "Remove Inner (1 person): nobody loses passkeys"],
    ["on: all, Sales", "remove group Sales", "on: all", "Remove Sales (4 people): nobody loses passkeys"],
    [
      "on: all",
      "exclude group Sales",
      "on: all; not Sales",
      "Exclude Sales (4 people): 4 people lose passkeys",
    ],
    [
      "on: Pilot",
      "exclude Helpdesk",
      "on: Pilot; not Helpdesk",
      "Exclude Helpdesk (2 people): 1 person loses passkeys",
    ],
    [
      "on: Pilot",
      "exclude group Sales",
      "on: Pilot; not Sales",
      "Exclude Sales (4 people): nobody loses passkeys",
    ],
    ["on: all; not Sales", "include group Sales again", "on: all", "Include Sales (4 people) again"],
    [
      "on: all; not Sales, Inner",
      "include Sales again",
      "on: all; not Inner",
      "Include Sales (4 people) again",
    ],
    ["on: all", "disable passkeys", "off: all", "Turn passkeys off: everybody loses them"],
    [
      "on: Pilot, Helpdesk",
      "disable passkeys",
      "off: Pilot, Helpdesk",
      "Turn passkeys off: 4 people lose them",
    ],
    // Profiles: a group gets one, and no other group loses it.
    [
      "on: Pilot [Synced]",
      "enable passkeys for Helpdesk in profile Synced",
      "on: Pilot [Synced], Helpdesk [Synced]",
      "Add Helpdesk (2 people) in profile Synced",
    ],
    [
      "on: Pilot [Synced]",
      "enable passkeys for Helpdesk",
      "on: Pilot [Synced], Helpdesk [Default]",
      "Add Helpdesk (2 people) in profile Default",
    ],
    [
      "on: Pilot [Synced]",
      "enable passkeys for Pilot in profile Default",
      "on: Pilot [Default+Synced]",
      "Give Pilot (3 people) profile Default",
    ],
    [
      "on: all [Default]",
      "add group Sales in profile Synced",
      "on: all [Default], Sales [Synced]",
      "Add Sales (4 people) in profile Synced",
    ],
    [
      "on: all [Default], Pilot [Synced]",
      "enable passkeys for everyone in profile Synced",
      "on: all [Default+Synced], Pilot [Synced]",
      "Give all users profile Synced",
    ],
    [
      "on: Pilot [Synced], Sales [Default+Synced]",
      "enable passkeys only for Helpdesk in profile Synced",
      "on: Sales [Default], Helpdesk [Synced]",
      "Only Helpdesk (2 people) may use profile Synced: 2 people lose passkeys, 4 people lose profile Synced",
    ],
    [
      "on: Pilot [Synced], Sales [Default]",
      "enable passkeys only for Helpdesk",
      "on: Helpdesk [Default]",
      "Only Helpdesk (2 people) may use passkeys (was 7 people): 6 people lose passkeys, 1 person loses profile Synced",
    ],
    [
      "on: Pilot [Default+Synced]",
      "remove group Pilot from profile Synced",
      "on: Pilot [Default]",
      "Take profile Synced from Pilot (3 people): 3 people lose profile Synced",
    ],
    [
      "on: Pilot [Synced], Sales [Default]",
      "remove group Pilot from profile Synced",
      "on: Sales [Default]",
      "Remove Pilot (3 people): 3 people lose passkeys",
    ],
    [
      "on: Pilot [Default], Sales []",
      "enable passkeys",
      "on: Pilot [Default], Sales [Default]",
      "Give Sales (4 people) profile Default",
    ],
  ])("%s | %s", async (today, sentence, after, title) => {
    const plan = await said(today, sentence);
    if ("kind" in plan) throw new Error(plan.code);
    expect([textOf(plan.proposal.after), titleOf(plan)]).toEqual([after, title]);
  });

  it.each<[today: string, sentence: string, answer: RegExp]>([
    [
      "on: all",
      "enable passkeys for group Pilot",
      /Pilot has them already.*`enable passkeys only for group Pilot`/,
    ],
    ["on: all", "add group Pilot", /Pilot has them already/],
    ["on: all", "enable passkeys for group Pilot with attestation", /has them already/],
    [
      "on: all [Synced]",
      "enable passkeys for group Pilot",
      /already.*`add group Pilot in profile "Default"`/,
    ],
    [
      "on: Pilot [Synced]",
      "enable passkeys for group Pilot",
      /already.*`add group Pilot in profile "Default"`/,
    ],
    ["on: Pilot", "add group Pilot", /for Pilot already/],
    ["on: Pilot", "enable passkeys for group Pilot", /nothing to approve/],
    ["on: all; not Pilot", "enable passkeys for group Pilot", /excluded.*`include group Pilot again`/],
    ["off: all; not Pilot", "enable passkeys only for group Pilot", /excluded.*`include group Pilot again`/],
    ["on: Sales; not Pilot", "add group Pilot", /excluded.*`include group Pilot again`/],
    ["on: Pilot", "remove group Pilot", /nobody.*`disable passkeys`/],
    ["off: Pilot", "remove group Pilot", /nobody.*`disable passkeys`/],
    ["on: Pilot", "exclude group Pilot", /nobody.*`disable passkeys`/],
    ["on: Pilot [Synced]", "remove group Pilot from profile Synced", /nobody.*`disable passkeys`/],
    ["on: all", "remove group Pilot", /all users.*`exclude group Pilot`/],
    ["on: Sales", "remove group Pilot", /not on the list/],
    [
      "on: Pilot [Default], Sales [Synced]",
      "remove group Pilot from profile Synced",
      /not in profile Synced/,
    ],
    ["on: all", "include group Pilot again", /not excluded/],
    ["on: all; not Pilot", "exclude group Pilot", /nothing to approve/],
    ["on: all [Default]", "exclude group Pilot in profile Default", /holds for every profile/],
  ])("%s | %s: is answered, and nothing is planned", async (today, sentence, answer) => {
    const refusal = await said(today, sentence);
    if (!("kind" in refusal)) throw new Error(titleOf(refusal));
    expect(
      refusalText(refusal, {
        tenantId: "t",
        clientId: "c",
        authorityHost: "h",
        adminCenterUrl: "a",
        namesShown: true,
      }),
    ).toMatch(answer);
  });
});

describe("a sentence that takes passkeys, or a profile, from anybody", () => {
  const name = fc.constantFrom(...Object.keys(GROUPS));
  const targets = fc.uniqueArray(fc.constantFrom(...Object.keys(GROUPS), "all"), { maxLength: 4 });
  const profile = fc.constantFrom("Default", "Synced", "Default+Synced", "");
  const policy = fc
    .record({
      state: fc.constantFrom("on", "off"),
      targets,
      excluded: fc.uniqueArray(name, { maxLength: 2 }),
      profiles: fc.array(profile, { minLength: 5, maxLength: 5 }),
      isLegacy: fc.boolean(),
    })
    .filter((each) => each.isLegacy || each.targets.length > 0)
    .map(({ state, targets: ids, excluded, profiles, isLegacy }) => {
      const included = ids.map((id, at) => (isLegacy ? id : `${id} [${profiles[at]}]`));
      return `${state}: ${included.join(", ")}${excluded.length === 0 ? "" : `; not ${excluded.join(", ")}`}`;
    });
  const forms = [
    ...[
      "enable passkeys for group #",
      "enable passkeys only for group #",
      "enable passkeys for everyone",
      "enable passkeys",
    ],
    ...["add group #", "remove group #", "exclude group #", "include group # again", "disable passkeys"],
    ...[
      "enable passkeys for group # in profile Synced",
      "enable passkeys only for group # in profile Synced",
    ],
    ...[
      "add group # in profile Synced",
      "remove group # from profile Synced",
      "enable passkeys for everyone in profile Synced",
    ],
  ];
  const memberships = new Map(
    Object.values(GROUPS).map(({ id, members }) => [id as string, new Set(members.map(personId))] as const),
  );

  it("has that in its title; and no other title speaks of a loss", async () => {
    await fc.assert(
      fc.asyncProperty(policy, fc.constantFrom(...forms), name, async (today, form, group) => {
        const plan = await said(today, form.replace("#", group));
        if ("kind" in plan) return;
        const before = parsePolicy(plan.proposal.before);
        const after = parsePolicy(plan.proposal.after);
        const lost = PEOPLE.filter((person) => {
          const now = rulesFor(before, person, memberships);
          const then = rulesFor(after, person, memberships);
          const ids = then.map((rules) => ("id" in rules ? rules.id : ""));
          return now.some((rules) => !ids.includes("id" in rules ? rules.id : ""));
        });
        expect(
          /\blose(s)? (passkeys|profile|them)/.test(planTitle(plan).replace(/nobody loses \w+/, "")),
        ).toBe(lost.length > 0);
      }),
      { numRuns: 400 },
    );
  });
});
