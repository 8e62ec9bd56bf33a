import type { PlanSummary } from "../../../../core/plan/plan.js";
import type { Policy } from "../../../../core/policy/policy.js";
import type { Status } from "../../../../core/report/standing/status.js";
import type { WaitsFor } from "../../../../core/report/standing/waits-for.js";
import { counted, listed, number, people } from "../../../../core/words/amounts.js";
import { allowedModelsWords, onOff } from "../../../../core/words/policy-words.js";
import { moment, plain } from "../../../words/card-text.js";
import { ago } from "../../../words/duration.js";
import { groupsWords, targetWords } from "../../../words/names.js";
import { planTitle } from "../../../words/plan-words.js";
import { openDrift } from "../../drift/open-drift.js";
import { buttonRows } from "../../parts/button-rows.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, subtle, text, titleRow, titleText } from "../../parts/card-parts.js";
import { sayButton } from "../../parts/say-button.js";
import { stageLines } from "../rollout/stage-lines.js";
import { adoptionLines, adoptionSummary } from "./adoption-lines.js";
import { doorstepLines } from "./doorstep-lines.js";

const PLANS_NAMED = 3;
const APPROVERS_NAMED = 3;
const NEXT_STEPS = 2;

/** How the rollout stands. @param own what waits for the person who asked; undefined where several read along */
export function statusCard(status: Status, own?: WaitsFor): AdaptiveCard {
  const { policy, scanned, drift } = status;
  const on = policy.state === "enabled";
  return card({
    fallbackText: `Passkeys are ${onOff(policy.state)}${scanned === undefined ? "" : `: ${adoptionSummary(scanned.adoption)}`}`,
    body: [
      titleRow(
        [
          titleText("How passkeys stand"),
          subtle(`Read from Entra at ${moment(status.readAt)}`, { spacing: "none" }),
        ],
        [text(on ? "✔ On" : "○ Off", { weight: "bolder", color: on ? "good" : "default" })],
      ),
      ...openDrift(drift),
      text(whoSentence(status)),
      ...scanLines(status),
      ...doorstepLines(status.doorstep, status),
      ...rolloutLines(status),
      line("Authenticators", authenticators(policy)),
      line("Waiting", waitingWords(status.waiting, own)),
      line("Last change", lastChangeWords(status.lastChange)),
      ...next(status, own),
    ],
  });
}

/** "Passkeys are on for Pilot (24 people, 1a2b3c4d), not for Contractors (...)." */
function whoSentence(status: Status): string {
  const { policy } = status;
  const whom = targetWords(policy.include, policy, status);
  const except = policy.exclude.length === 0 ? "" : `, not for ${groupsWords(policy.exclude, status)}`;
  if (policy.state === "enabled") return `Passkeys are **on for ${whom}**${except}.`;
  return `Passkeys are **off**, so none works and none can be set up. Once on, they are for ${whom}${except}.`;
}

function scanLines({ scanned, readAt, scanRunning, ownScanPause }: Status): readonly CardElement[] {
  const running = scanRunning ? " A newer one is being made." : "";
  if (scanned === undefined) {
    return [line("Adoption", `not known: nobody's passkeys have been read yet.${running}`)];
  }
  const { inventory, adoption } = scanned;
  const seconds = (Date.parse(readAt) - Date.parse(inventory.startedAt)) / 1000;
  const unread = inventory.unreadCount;
  const missing = unread === 0 ? "everybody was read" : `${people(unread)} could not be read`;
  const by = inventory.begunBy === "latchkey" ? ", by Latchkey itself" : "";
  return [
    ...adoptionLines(adoption),
    line("Last scan", `${moment(inventory.startedAt)}, ${ago(seconds)}${by}; ${missing}.${running}`),
    ...ownScanLine(ownScanPause),
  ];
}

/** Said as soon as it fails: what rests on scans stands still then, and nothing else would show it. */
function ownScanLine(pause: Status["ownScanPause"]): readonly CardElement[] {
  if (pause?.kind !== "failed") return [];
  const times =
    pause.times === 1 ? "did not succeed" : `did not succeed ${number(pause.times)} times in a row`;
  return [
    line(
      "Own scan",
      `Latchkey's own one ${times}, lastly at ${moment(pause.at)} (${pause.fault}), and is tried again. Say \`check\` for why.`,
    ),
  ];
}

/** The stages that were written down; without any there is nothing to say that the adoption does not. */
function rolloutLines(status: Status): readonly CardElement[] {
  const { written, stages } = status.rollout;
  if (written === undefined) return [];
  return [line("Rollout", counted(stages.length, "stage")), ...stageLines(status.rollout, status)];
}

function authenticators(policy: Policy): string {
  if (policy.shape === "legacy") return proven(allowedModelsWords(policy), policy.attestationEnforced);
  return policy.profiles
    .map((rules) => `${plain(rules.name)}: ${proven(allowedModelsWords(rules), rules.attestationEnforced)}`)
    .join("; ");
}

function proven(words: string, attestationEnforced: boolean): string {
  return attestationEnforced ? `${words}, proven by attestation` : words;
}

function waitingWords(open: Status["waiting"], own: WaitsFor | undefined): string {
  if (open.length === 0) return "no plan";
  const all = `${counted(open.length, "plan")}: ${numbers(open)}`;
  if (own === undefined) return all;
  const told = [
    [own.toDecide, "for you to decide"],
    [own.asked, "asked by you"],
  ] as const;
  const whose = told.filter(([plans]) => plans.length > 0);
  // Which of them is plain when there is one.
  if (open.length === 1 && whose.length > 0) return [all, ...whose.map(([, words]) => words)].join(", ");
  const mine = whose.map(([plans, words]) => `${numbers(plans)} ${words}`);
  return `${all}${mine.length === 0 ? "; nothing for you" : ` (${mine.join(", ")})`}`;
}

const numbers = (plans: Status["waiting"]): string =>
  listed(
    plans.map((plan) => `#${plan.number}`),
    PLANS_NAMED,
  );

/** "#1, Add Helpdesk: asked by Ada, approved by Grace, 28 November 10:42". */
function lastChangeWords(plan: PlanSummary | undefined): string {
  if (plan === undefined || plan.state.kind !== "applied") return "none through Latchkey yet";
  const approvers = plan.approvals
    .filter(({ revision }) => revision === plan.revision)
    .map(({ by }) => plain(by.name));
  const approved = approvers.length === 0 ? plain(plan.state.by.name) : listed(approvers, APPROVERS_NAMED);
  return `#${number(plan.number)} ${planTitle(plan)}; asked by ${plain(plan.requester.name)}, approved by ${approved}, ${moment(plan.state.at)}`;
}

function line(name: string, value: string): CardElement {
  return text(`**${name}:** ${value}`, { spacing: "small" });
}

/** What is open first, each a button that says the words; never to switch off. */
function next(
  { policy, scanned, drift, waiting }: Status,
  own: WaitsFor | undefined,
): readonly CardElement[] {
  const first = own?.toDecide[0] ?? waiting[0];
  const commands = [
    ...(drift === undefined ? [] : [`drift ${drift.number}`]),
    ...(first === undefined ? [] : [`show ${first.number}`]),
    ...(scanned === undefined ? ["scan"] : []),
    ...(policy.state === "enabled" || waiting.length > 0 ? [] : ["enable passkeys"]),
    ...(scanned === undefined ? [] : ["who has no passkey"]),
    "show policy",
  ].slice(0, NEXT_STEPS);
  return buttonRows(...commands.map((command) => [sayButton(command)]));
}
