import { describe, expect, it } from "vitest";
import { profileMembers } from "../../../../src/core/impact/profile-members.js";
import type { JsonObject } from "../../../../src/core/json.js";
import type { PersonId } from "../../../../src/core/person.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { groupsNamedIn, type Memberships } from "../../../../src/core/policy/who-may-use.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { anyPolicy } from "../../../core/policy/arbitrary-policy.js";
import { DEFAULT_PROFILE, profilesPolicy, SYNCED_PROFILE } from "../../../core/policy/sample-policies.js";
import { fc } from "../../../setup/drawn.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { words } from "../card-words.js";
import { enablePlan, OTHERS, proposal } from "./sample-plans.js";

const RUNS = { numRuns: 80 };

/** A plan as it would be made: with the facts of its groups, and who gains and loses which profile. */
function planOf(
  from: JsonObject,
  to: JsonObject,
): { readonly plan: Plan; readonly groups: readonly string[] } {
  const [before, after] = [parsePolicy(from), parsePolicy(to)];
  const groups = [...new Set([before, after].flatMap(groupsNamedIn))];
  const memberships: Memberships = new Map(
    groups.map((id, at) => [
      id,
      new Set(Array.from({ length: 7 * (at + 1) }, (_, nth) => `p${nth}` as PersonId)),
    ]),
  );
  const members = profileMembers(before, after, memberships);
  const named = {
    groupNames: Object.fromEntries(groups.map((id) => [id, nameOf(id)])),
    groupFacts: Object.fromEntries(groups.map((id) => [id, { people: memberships.get(id)?.size ?? 0 }])),
  };
  const more = members.length === 0 ? {} : { profileMembers: members };
  return { plan: enablePlan({ proposal: proposal(from, to, { ...named, ...more, usage: [] }) }), groups };
}

const nameOf = (id: string) => `Group ${id[0]}`;

/** The brief card, and every page of Show all. */
function everything(plan: Plan): readonly AdaptiveCard[] {
  const cards = [planCard(plan, OTHERS)];
  for (let page = 1; ; page += 1) {
    const card = planDetails(plan, OTHERS, page);
    cards.push(card);
    if (!(card.actions ?? []).some(({ title }) => title === "Next page")) return cards;
  }
}

describe("a group in a plan", () => {
  it("stands nowhere without its number of people and the beginning of its id, whatever the policies", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (from, to) => {
        const { plan } = planOf(from, to);
        for (const card of everything(plan)) {
          const bare = words(card).match(/Group \d(?! \(\d+ (person|people), \d{8}\))/g);
          expect(bare).toBeNull();
          expect(cardProblems(card)).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});

describe("whom passkeys are for, in a tenant with profiles", () => {
  const PILOT = "1a2b3c4d-1111-4111-8111-111111111111";
  const SALES = "5e6f7a8b-1111-4111-8111-111111111111";
  const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
    id,
    targetType: "group",
    isRegistrationRequired: false,
    allowedPasskeyProfiles,
  });

  it("is said with the profiles of each group, before and after, also where groups come and go", () => {
    const pilot = target(PILOT, DEFAULT_PROFILE);
    const from = profilesPolicy({ includeTargets: [pilot] });
    const to = profilesPolicy({ includeTargets: [pilot, target(SALES, SYNCED_PROFILE)] });
    const said = words(planCard(planOf(from, to).plan, OTHERS));
    const before = "Group 1 (7 people, 1a2b3c4d) (Default passkey profile)";
    expect(said).toContain(
      `Who\nNow: ${before}\nAfter: ${before} and Group 5 (14 people, 5e6f7a8b) (synced)\n`,
    );
  });

  it("is counted as not shown where a setting of a group has no place in that row", () => {
    const from = profilesPolicy({ includeTargets: [target(PILOT, DEFAULT_PROFILE)] });
    const odd = { ...target(SALES, SYNCED_PROFILE), isRegistrationRequired: true };
    const to = profilesPolicy({ includeTargets: [target(PILOT, DEFAULT_PROFILE), odd] });
    const [card, ...pages] = everything(planOf(from, to).plan).map(words);
    expect(card).not.toContain("isRegistrationRequired");
    expect(card).toContain("1 change is not shown here");
    expect(pages.join()).toContain("isRegistrationRequired");
  });
});

describe("who gains and who loses a profile", () => {
  it("stands on the card and in Show all by the names of groups and profile, whatever the policies", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (from, to) => {
        const { plan } = planOf(from, to);
        const told = plan.proposal.profileMembers ?? [];
        const [brief, ...all] = everything(plan);
        const [onCard, inAll] = [words(brief as AdaptiveCard), all.map(words).join("\n")];
        for (const { profile, given, taken } of told) {
          for (const text of [onCard, inAll]) {
            const line =
              text
                .split("\n")
                .find(
                  (each) =>
                    each.startsWith(`**Profile ${profile.name}**: `) && /(gain|lose|Nobody)/.test(each),
                ) ?? "";
            const ids = (part: string) =>
              line.match(new RegExp(`${part} ((?:(?!taken from|\\. ).)*)`))?.[1] ?? "";
            for (const id of given)
              expect(ids("given to")).toContain(id === "all_users" ? "all users" : nameOf(id));
            for (const id of taken)
              expect(ids("taken from")).toContain(id === "all_users" ? "all users" : nameOf(id));
          }
        }
      }),
      RUNS,
    );
  });
});
