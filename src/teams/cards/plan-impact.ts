import type { AccountRef } from "../../core/inventory/inventory.js";
import type { Coverage, Plan } from "../../core/plan/plan.js";
import type { CardElement, Container } from "./card.js";
import { banner, subtle, text } from "./card-parts.js";
import { moment, number, people, plain } from "./card-text.js";
import type { PlanView } from "./plan-view.js";

/** How many names a card shows by itself. */
const NAMES_SHOWN = 12;

/** Does anyone lose sign-in? The one question that keeps an admin awake, answered or admitted to be open. */
export function impactBanner(plan: Plan, view: PlanView): Container {
  const { impact } = plan.proposal;
  const { coverage, losing } = impact;
  const read = coverageLine(coverage, plan.createdAt);
  if (losing.length > 0) {
    const atLeast = coverage.complete ? "" : "At least ";
    return banner("attention", [
      text(
        `**${atLeast}${loses(losing.length, "will")}**, because no other passkey of theirs stays allowed.`,
      ),
      ...namesOrCount(losing, view),
      ...keepingAnother(plan),
      ...doubt(plan, view),
      subtle(read, { spacing: "small" }),
    ]);
  }
  if (view.scan !== "fine") {
    return banner("warning", [
      text("**Could not tell whether anyone loses passkey sign-in.**"),
      ...doubt(plan, view),
      ...keepingAnother(plan),
      subtle(read, { spacing: "small" }),
    ]);
  }
  return banner("emphasis", [
    text(`**Nobody loses passkey sign-in.** ${read}`),
    ...keepingAnother(plan),
    ...(impact.regaining === 0
      ? []
      : [
          subtle(`${people(impact.regaining)} can sign in with a passkey again that does not work today.`, {
            spacing: "small",
          }),
        ]),
    ...doubt(plan, view),
  ]);
}

/** The impact in one line, for states in which it is not the headline. */
export function impactLine(plan: Plan, tense: "will" | "did"): string {
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

function namesOrCount(losing: readonly AccountRef[], view: PlanView): readonly CardElement[] {
  const admins = losing.filter((person) => person.isAdmin).length;
  if (view.names === "shown") return [text(names(losing, NAMES_SHOWN), { spacing: "small" })];
  const among =
    admins === 0
      ? ""
      : `${number(admins)} of them ${admins === 1 ? "is an administrator" : "are administrators"}. `;
  return [text(`${among}Show all names them, to you alone.`, { spacing: "small" })];
}

/** "Mary Shelley (administrator) · Alan Kay · 4,990 more". */
function names(list: readonly AccountRef[], most: number): string {
  const shown = list.slice(0, most).map(nameOf);
  const rest = list.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(" · ");
}

export function nameOf(person: AccountRef): string {
  return `${plain(person.name)}${person.isAdmin ? " (administrator)" : ""}`;
}

function keepingAnother(plan: Plan): readonly CardElement[] {
  const count = plan.proposal.impact.keepingAnother.length;
  if (count === 0) return [];
  const words =
    count === 1
      ? "1 more loses a passkey and keeps another one."
      : `${number(count)} more lose a passkey and keep another one.`;
  return [
    subtle(
      plan.proposal.impact.losing.length === 0
        ? words.replace(" more", count === 1 ? " person" : " people")
        : words,
      { spacing: "small" },
    ),
  ];
}

/** What could not be told, and what to do about it. */
function doubt(plan: Plan, view: PlanView): readonly CardElement[] {
  const { coverage, narrows } = plan.proposal.impact;
  const unread = coverage.unread.length;
  if (view.scan === "too-old") {
    return [
      text(
        `The scan of ${moment(coverage.at)} is too old to decide on. Ask for the change again: that scans anew.`,
        { spacing: "small" },
      ),
    ];
  }
  if (unread === 0) return [];
  const who = view.names === "shown" ? `: ${names(coverage.unread, 5)}` : "";
  const could = `The passkeys of ${people(unread)} could not be read${who}.`;
  return [
    narrows
      ? text(
          `${could} This plan can be approved only when they are: ask for the change again, that scans anew.`,
          { spacing: "small" },
        )
      : subtle(`${could} Their models may be missing from the list below.`, { spacing: "small" }),
  ];
}

/** "214 people with passkeys, all read at 10:40." */
function coverageLine(coverage: Coverage, near: string): string {
  const at = moment(coverage.at, near);
  if (coverage.complete) return `${people(coverage.keyholders)} with passkeys, all read at ${at}.`;
  const read = coverage.asked - coverage.unread.length;
  return `${number(read)} of ${people(coverage.asked)} read at ${at}.`;
}
