import type { DriftClick } from "../../src/core/drift/accept-drift.js";
import type { Drift } from "../../src/core/drift/drift.js";
import { driftDigest } from "../../src/core/drift/drift-digest.js";
import type { Person } from "../../src/core/person.js";
import type { Click } from "../../src/core/plan/open-plan.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { planDigest } from "../../src/core/plan/plan-digest.js";
import { GRACE, ROOM } from "./fake-world.js";

/** A press on the card of the plan as it is given: what its buttons carry, by whom and where. */
export function pressed(
  plan: Plan,
  person: Person = GRACE,
  conversation: Click["conversation"] = ROOM,
): Click {
  return { planNumber: plan.number, revision: plan.revision, digest: planDigest(plan), person, conversation };
}

/** The same on the card of a drift. */
export function pressedDrift(
  drift: Drift,
  person: Person = GRACE,
  conversation: DriftClick["conversation"] = ROOM,
): DriftClick {
  const { number: driftNumber, revision } = drift;
  return { driftNumber, revision, digest: driftDigest(drift), person, conversation };
}
