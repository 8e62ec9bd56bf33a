import type { AffectedPerson } from "../../../../src/core/impact/impact.js";
import { groupId, personId } from "../../../../src/core/person.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { allow, enablePlan, impact, narrowingPlan, policy, proposal, YUBIKEY_NEO } from "./sample-plans.js";

/** People who lose the same key, numbered from 1. */
export function crowd(count: number): readonly AffectedPerson[] {
  return Array.from({ length: count }, (_, at) => ({
    id: personId(`p${at + 1}`),
    name: `Person ${at + 1}`,
    isAdmin: false,
    models: [YUBIKEY_NEO],
  }));
}

/** Nothing else that is long: so many people lose passkey sign-in. */
export const crowdedPlan = (count: number): Plan =>
  narrowingPlan({}, { losing: crowd(count), keepingAnother: [] });

/** 500 models and 5,000 people with long names. */
export function hugePlan(): Plan {
  const models = Array.from(
    { length: 500 },
    (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
  );
  const people = Array.from({ length: 5_000 }, (_, at) => ({
    id: personId(`p${at}`),
    name: `Somebody With *Quite* A Long Name, Number ${at}`,
    isAdmin: at < 20,
    models: models.slice(0, 5) as Aaguid[],
  }));
  const groups = Array.from(
    { length: 90 },
    (_, at) => `${String(at).padStart(8, "0")}-1111-4111-8111-111111111111`,
  );
  const include = groups.map((id) => ({ targetType: "group", id, isRegistrationRequired: false }));
  const before = policy({ keyRestrictions: allow(models.slice(0, 250)) });
  const after = policy({ keyRestrictions: allow(models.slice(200)), includeTargets: include });
  return enablePlan({
    command: "enable passkeys ".repeat(60),
    intent: {
      kind: "enable",
      restriction: "as-fits",
      authenticators: ["ios", "android"],
      targets: {
        kind: "groups",
        groups: groups.map((id) => ({ id: groupId(id), name: `Group ${id}`.repeat(5) })),
      },
    },
    proposal: proposal(before, after, {
      usage: models.map((aaguid, at) => ({ aaguid: aaguid as Aaguid, people: at })),
      modelWarnings: Object.fromEntries(models.map((aaguid) => [aaguid, "REVOKED, SOMETHING_NEW"])),
      modelNames: Object.fromEntries(
        models.map((aaguid) => [aaguid, `Model ${aaguid} of a maker with a long name`]),
      ),
      groupNames: Object.fromEntries(groups.map((id) => [id, `Group ${id} `.repeat(5)])),
      bytes: 19_999,
      impact: impact({
        narrows: true,
        losing: people,
        keepingAnother: people,
        modelsCutOff: models.map((aaguid, at) => ({ aaguid: aaguid as Aaguid, people: at })),
        coverage: {
          ...impact().coverage,
          complete: false,
          unreadCount: people.length,
          unread: people.map((person) => ({ ...person, why: "Graph said 429 again and again ".repeat(5) })),
        },
      }),
    }),
  });
}
