import type { PlanDraft } from "../../../core/plan/plan.js";
import { listed, number, people } from "../../../core/words/amounts.js";
import { moment } from "../../words/card-text.js";
import { coverageLine } from "../../words/coverage-words.js";
import { modelName } from "../../words/names.js";
import type { CardElement, Container } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";
import { names, namesOrCount } from "../parts/people.js";
import type { ImpactView } from "./plan-view.js";

const UNREAD_SHOWN = 5;
const MODELS_SHOWN = 3;

/** Does anyone lose sign-in? The one question that keeps an admin awake, answered or admitted to be open. */
export function impactBanner(plan: PlanDraft, view: ImpactView): Container {
  const { impact } = plan.proposal;
  const { coverage, losing } = impact;
  const read = coverageLine(coverage, plan.createdAt);
  if (losing.length > 0) {
    const atLeast = coverage.complete ? "" : "At least ";
    return banner("attention", [
      text(
        `**${atLeast}${loses(losing.length, "will")}**, because no other passkey of theirs stays allowed.`,
      ),
      namesOrCount(losing, view),
      ...keepingAnother(plan),
      ...cutOff(plan),
      ...doubt(plan, view),
      subtle(read, { spacing: "small" }),
    ]);
  }
  if (view.scan !== "fine") {
    return banner("warning", [
      text("**Could not tell whether anyone loses passkey sign-in.**"),
      ...doubt(plan, view),
      ...keepingAnother(plan),
      ...cutOff(plan),
      subtle(read, { spacing: "small" }),
    ]);
  }
  return banner("emphasis", [
    text(`**Nobody loses passkey sign-in.** ${read}`),
    ...keepingAnother(plan),
    ...cutOff(plan),
    ...(impact.regaining === 0
      ? []
      : [
          subtle(`${people(impact.regaining)} can sign in again with a passkey that does not work today.`, {
            spacing: "small",
          }),
        ]),
    ...doubt(plan, view),
  ]);
}

/** The impact in one line, for states in which it is not the headline. */
export function impactLine(plan: PlanDraft, tense: "will" | "did"): string {
  const { losing, keepingAnother: keeping } = plan.proposal.impact;
  const kept =
    keeping.length === 0
      ? ""
      : ` ${people(keeping.length)} ${tense === "did" ? "lost" : "lose"} one passkey and ${tense === "did" ? "kept" : "keep"} another.`;
  if (losing.length === 0) return `Nobody ${tense === "did" ? "lost" : "loses"} passkey sign-in.${kept}`;
  return `${loses(losing.length, tense)}.${kept}`;
}

function loses(count: number, tense: "will" | "did"): string {
  const verb = tense === "did" ? "lost" : count === 1 ? "loses" : "lose";
  return `${people(count)} ${verb} passkey sign-in`;
}

function keepingAnother(plan: PlanDraft): readonly CardElement[] {
  const { losing, keepingAnother: keeping } = plan.proposal.impact;
  const count = keeping.length;
  if (count === 0) return [];
  const who = losing.length > 0 ? `${number(count)} more` : people(count);
  const words = count === 1 ? "loses a passkey and keeps another one" : "lose a passkey and keep another one";
  return [subtle(`${who} ${words}.`, { spacing: "small" })];
}

/** "What stops working: YubiKey NEO (12 people)." */
function cutOff(plan: PlanDraft): readonly CardElement[] {
  const { modelsCutOff } = plan.proposal.impact;
  if (modelsCutOff.length === 0) return [];
  const models = modelsCutOff.map((use) => `${modelName(use.aaguid, plan.proposal)} (${people(use.people)})`);
  return [subtle(`What stops working: ${listed(models, MODELS_SHOWN)}.`, { spacing: "small" })];
}

/** What could not be told, and what to do about it. */
function doubt(plan: PlanDraft, view: ImpactView): readonly CardElement[] {
  const { coverage, narrows } = plan.proposal.impact;
  const { unread, unreadCount } = coverage;
  if (view.scan === "too-old") {
    return [
      text(
        `The scan that began ${moment(coverage.from)} is too old to decide on. ${
          view.onlyAnswers
            ? "Say `scan`, and ask again when it is done."
            : "Scan now reads the passkeys again."
        }`,
        { spacing: "small" },
      ),
    ];
  }
  if (unreadCount === 0) return [];
  const who = view.names === "shown" ? `: ${names(unread, UNREAD_SHOWN, unreadCount)}` : "";
  const could = `The passkeys of ${people(unreadCount)} could not be read${who}.`;
  if (narrows && view.onlyAnswers)
    return [text(`${could} Say \`scan\`, and ask again when it is done.`, { spacing: "small" })];
  return [
    narrows
      ? text(`${could} This plan can be approved only when they are: Scan now tries again.`, {
          spacing: "small",
        })
      : subtle(`${could} Their models may be missing from the list below.`, { spacing: "small" }),
  ];
}
