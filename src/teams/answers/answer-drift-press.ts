import { acceptDrift } from "../../core/drift/accept-drift.js";
import type { Drift } from "../../core/drift/drift.js";
import { refuseOtherDrift } from "../../core/drift/drift-digest.js";
import { type Refusal, refuse, unreachable } from "../../core/errors.js";
import { proposeChange } from "../../core/plan/propose-change.js";
import { driftViewIn } from "../board/drift-viewer.js";
import { driftCard } from "../cards/drift/drift-card.js";
import { driftDetails } from "../cards/drift/drift-details.js";
import type { DriftPress } from "../incoming/read-drift-press.js";
import type { AnswerContext } from "./answer-context.js";
import type { ClickAnswer, ClickIncoming } from "./click-answer.js";

/** Carries out a click on a drift's card. @throws Fault */
export async function answerDriftPress(
  context: AnswerContext,
  incoming: ClickIncoming,
  press: DriftPress,
): Promise<ClickAnswer | Refusal> {
  const { ports, rules } = context;
  const { person, place } = incoming;
  const { driftNumber, revision, digest } = press;
  switch (press.verb) {
    case "acceptDrift": {
      const click = { driftNumber, revision, digest, person, conversation: place.id };
      const result = await acceptDrift(ports, rules, click, press.reason);
      return result.kind === "refusal" ? result : brief(context, incoming, result.drift);
    }
    case "putBackDrift":
      return putBack(context, incoming, press);
    case "showDrift":
    case "showDriftLess": {
      const drift = await ports.watch.findDrift(rules.tenantId, driftNumber);
      if (drift === undefined) return refuse({ code: "unknown-drift", driftNumber });
      const other = refuseOtherDrift(drift, press);
      if (other) return other;
      if (press.verb === "showDriftLess") return brief(context, incoming, drift);
      return { kind: "page", card: driftDetails(drift, press.page), names: "people" };
    }
    default:
      return unreachable(press.verb);
  }
}

/** The person who presses becomes the requester of a plan, which another person approves. */
async function putBack(
  { ports, rules }: AnswerContext,
  { person, place }: ClickIncoming,
  { driftNumber, revision, digest }: DriftPress,
): Promise<ClickAnswer | Refusal> {
  const made = await proposeChange(ports, rules, {
    command: { kind: "put-back", driftNumber, revision, digest },
    typed: `put back drift ${driftNumber}`,
    requester: person,
    conversation: place.id,
  });
  if (!("kind" in made)) {
    return {
      kind: "text",
      text: `Plan #${made.number} puts drift ${driftNumber} back, and waits for approval. Its card is in this conversation and where plans are approved.`,
    };
  }
  if (made.kind === "refusal") return made;
  if (made.kind === "same-plan") {
    return refuse({ code: "drift-has-plan", driftNumber, planNumber: made.plan.number });
  }
  return {
    kind: "text",
    text: `Reading everyone's passkeys first. The plan that puts drift ${driftNumber} back comes to this conversation when that is done.`,
  };
}

async function brief(
  { ports, rules }: AnswerContext,
  { place }: ClickIncoming,
  drift: Drift,
): Promise<Extract<ClickAnswer, { kind: "shared-card" }>> {
  return {
    kind: "shared-card",
    card: driftCard(drift, await driftViewIn(ports, rules, place)),
  };
}
