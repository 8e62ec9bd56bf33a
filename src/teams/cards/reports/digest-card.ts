import type { Digest } from "../../../core/news/digest.js";
import { counted, listed, number, people } from "../../../core/words/amounts.js";
import { moment } from "../../words/card-text.js";
import { noticeTitle } from "../../words/news/notice-words.js";
import { planTitle } from "../../words/plan-words.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, smallLine, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";
import { adoptionLines, adoptionSummary } from "./standing/adoption-lines.js";

const BUTTONS = 2;

/** The week on one card: adoption, plans that wait, drift and models. */
export function digestCard(digest: Digest): AdaptiveCard {
  const { scanned, at, isOn } = digest;
  const summary = scanned === undefined ? "no scan yet" : adoptionSummary(scanned.adoption);
  return card({
    fallbackText: `Passkeys this week: ${summary}`,
    body: [
      titleRow(
        [titleText("Passkeys this week"), subtle(`As of ${moment(at)}`, { spacing: "none" })],
        isOn ? [] : [text("○ Turned off", { weight: "bolder" })],
      ),
      ...adoption(digest),
      ...(digest.blocked === undefined ? [] : [line("Blocked at the door", blocked(digest.blocked))]),
      line("Waiting", waiting(digest)),
      line("Drift", drift(digest)),
      line("Models", models(digest)),
      ...buttonRows(next(digest).map((command) => sayButton(command))),
      smallLine(
        isOn
          ? [
              "Once a week in the approval rooms. An approver turns it off with ",
              { command: "digest off" },
              ".",
            ]
          : ["It is not posted any more. An approver turns it on with ", { command: "digest on" }, "."],
        { separator: true, spacing: "medium" },
      ),
    ],
  });
}

function adoption({ scanned, before }: Digest): readonly CardElement[] {
  if (scanned === undefined) return [line("Adoption", "not known: nobody's passkeys have been read yet")];
  const { startedAt, isComplete, adoption: now } = scanned;
  const difference = before === undefined ? undefined : now.withPasskey - before.withPasskey;
  const since = before === undefined ? "" : moment(before.at);
  const compared =
    difference === undefined
      ? ""
      : difference === 0
        ? `as many as at ${since}; `
        : `${number(Math.abs(difference))} ${difference > 0 ? "more" : "fewer"} than at ${since}; `;
  const whole = isComplete ? "" : ", which could not read everybody";
  return [
    ...adoptionLines(now),
    subtle(`${compared}by the scan of ${moment(startedAt)}${whole}`, { spacing: "none" }),
  ];
}

function blocked(count: NonNullable<Digest["blocked"]>): string {
  if (count === "unread") return "not known: Entra's audit log was not read";
  if (count === "never-seen") return "none seen in Entra's audit log, which may not have such entries";
  if (count === 0) return "nobody in the last 7 days";
  return `${people(count)} could not register a passkey; \`status\` says which models`;
}

function waiting({ open }: Digest): string {
  if (open.count === 0) return "no plan";
  const titles = open.plans.map((plan) => `#${number(plan.number)} ${planTitle(plan)}`);
  const rest = open.count - open.plans.length;
  return `${counted(open.count, "plan")}: ${titles.join("; ")}${rest > 0 ? `; and ${number(rest)} more` : ""}`;
}

const drift = ({ drift: open }: Digest): string =>
  open === undefined
    ? "none that is open"
    : `drift ${number(open.number)} is open since ${moment(open.foundAt)}`;

function models({ models: counts, notices }: Digest): string {
  if (counts === undefined) return "not known before the first scan";
  const said = [
    `${number(counts.inUse)} in use`,
    `${number(counts.unused)} allowed without a user`,
    `${number(counts.warned)} with a warning`,
  ];
  const open = notices.length === 0 ? "" : `. Open: ${listed(notices.map(noticeTitle), notices.length)}`;
  return `${said.join(", ")}${open}`;
}

function next({ open, drift: openDrift, scanned }: Digest): readonly string[] {
  const [first] = open.plans;
  return [
    ...(openDrift === undefined ? [] : [`drift ${openDrift.number}`]),
    ...(first === undefined ? [] : [`show ${first.number}`]),
    scanned === undefined ? "scan" : "status",
    "models",
  ].slice(0, BUTTONS);
}

function line(name: string, value: string): CardElement {
  return text(`**${name}:** ${value}`, { spacing: "small" });
}
