import type { GroupId } from "../../../../../core/person.js";
import type { AdoptionReport } from "../../../../../core/report/adoption/adoption-report.js";
import type { Figures } from "../../../../../core/report/adoption/figures.js";
import { number, people, percentages, share } from "../../../../../core/words/amounts.js";
import { oneLine } from "../../../../../core/words/one-line.js";
import { moment, plain } from "../../../../words/card-text.js";
import { buttonRows } from "../../../parts/button-rows.js";
import type { AdaptiveCard, CardElement, Table } from "../../../parts/card.js";
import { card, subtle, table, text, titleText } from "../../../parts/card-parts.js";
import { sayButton } from "../../../parts/say-button.js";
import { adoptionSummary } from "../adoption-lines.js";
import { courseChart, courseLines } from "./adoption-course.js";
import { doubts } from "./adoption-doubts.js";

const GROUPS_SHOWN = 15;

/** How far the rollout is: how many have a passkey, of which kind, administrators apart, and how it went. */
export function adoptionCard(report: AdoptionReport): AdaptiveCard {
  const { figures, of, group, policy, inventory } = report;
  const summary = adoptionSummary({ ...figures, of, outside: report.outside });
  return card({
    fallbackText: `${group === undefined ? "" : `${oneLine(group.name)}: `}${summary}`,
    body: [
      titleText(group === undefined ? "Passkey adoption" : `Passkey adoption of ${plain(group.name)}`),
      subtle(`Scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
      text(`**${summary}.**`),
      ...(policy.state === "enabled"
        ? []
        : [text("Passkeys are off, so none of them works.", { spacing: "small" })]),
      ...outOfScope(report),
      ...courseLines(report),
      ...courseChart(report),
      whoTable(report),
      kindTable(figures),
      ...doubts(report),
      ...buttonRows(
        [sayButton(withoutWords(report), "Who has no passkey")],
        [sayButton("scan", "Scan again")],
      ),
    ],
  });
}

function withoutWords({ group }: AdoptionReport): string {
  return group === undefined ? "who has no passkey" : `who has no passkey in ${group.id}`;
}

function outOfScope({ group, figures, outside }: AdoptionReport): readonly CardElement[] {
  const all = figures.people ?? 0;
  const not = group === undefined ? 0 : all - group.inScope;
  if (not > 0) {
    const whom = not === all ? "any of them" : `${number(not)} of them`;
    return [text(`The policy is not for ${whom}.`, { size: "small", spacing: "small", color: "warning" })];
  }
  if (outside === 0) return [];
  const have = outside === 1 ? "has" : "have";
  return [
    subtle(`${people(outside)} more ${have} a passkey that the policy is not for.`, { spacing: "small" }),
  ];
}

/** Administrators apart from the others, then each group of the policy. */
function whoTable(report: AdoptionReport): Table {
  const { figures, byGroup } = report;
  // Of none there is nothing to tell apart.
  const admins = figures.admins?.people === 0 ? undefined : figures.admins;
  const others = admins && {
    withPasskey: figures.withPasskey - admins.withPasskey,
    ...(figures.people === undefined ? {} : { people: figures.people - admins.people }),
  };
  const groups = [...byGroup].slice(0, GROUPS_SHOWN);
  const rows = [
    ...(admins === undefined ? [] : [whoRow("Administrators", admins)]),
    ...(others === undefined ? [] : [whoRow("Everybody else", others)]),
    ...groups.map(([id, each]) => whoRow(nameOf(id, report), each)),
    ...(admins === undefined && groups.length === 0 ? [whoRow("All", figures)] : []),
  ];
  return table(["Who", "With a passkey"], rows);
}

/** With the beginning of its id where another one of the policy's groups is called so, too. */
function nameOf(id: GroupId, { groupNames }: AdoptionReport): string {
  const name = groupNames[id];
  if (name === undefined) return plain(id);
  const isOnly = Object.values(groupNames).filter((other) => other === name).length === 1;
  return isOnly ? plain(name) : `${plain(name)} (${id.slice(0, 8)})`;
}

function whoRow(
  who: string,
  { withPasskey, people: all }: Pick<Figures, "withPasskey" | "people">,
): readonly CardElement[] {
  const of = all === undefined ? "" : ` of ${number(all)}`;
  return [text(who), text(`${number(withPasskey)}${of}${share(withPasskey, all)}`)];
}

function kindTable({ withPasskey, deviceBound, synced, both, unsaid }: Figures): Table {
  const kinds = [
    ["Device-bound only", deviceBound - both],
    ["Synced only", synced - both],
    ["Both kinds", both],
    ...(unsaid === 0 ? [] : [["Kind not said", unsaid] as const]),
  ] as const;
  const percent = percentages(kinds.map(([, count]) => count));
  return table(
    ["Kind of passkey", "People"],
    kinds.map(([words, count], at) => [
      text(words),
      text(`${number(count)}${withPasskey === 0 ? "" : ` (${percent[at]}%)`}`),
    ]),
  );
}
