import type { NamedGroups } from "../../../../core/policy/group.js";
import type { StageReport, StageStanding } from "../../../../core/report/rollout/stage-report.js";
import { number, people, share } from "../../../../core/words/amounts.js";
import { plain } from "../../../words/card-text.js";
import { groupsWords } from "../../../words/names.js";
import type { CardElement } from "../../parts/card.js";
import { smallLine, text } from "../../parts/card-parts.js";

/** A line for each stage: how far it is, and how many of its people have a passkey. */
export function stageLines({ stages }: StageReport, named: NamedGroups): readonly CardElement[] {
  const lines = stages.map((standing, at) =>
    text(`${signOf(standing)} **${at + 1}. ${nameOf(standing, named)}:** ${stateWords(standing)}`, {
      spacing: "small",
    }),
  );
  if (stages.every(({ recorded }) => recorded === undefined)) return lines;
  return [
    ...lines,
    smallLine(["⚠ was changed outside Latchkey; ", { command: "drift" }, " says by whom."], {
      spacing: "small",
    }),
  ];
}

function signOf({ reach, isNext, recorded }: StageStanding): string {
  if (recorded !== undefined) return "⚠";
  if (reach === "reached") return "✔";
  if (reach === "excluded") return "⚠";
  return isNext ? "▸" : "○";
}

/** A group that the policy names is counted there; of another one the people are counted here. */
function nameOf({ stage, people: count }: StageStanding, named: NamedGroups): string {
  if (stage.kind === "everyone") return "Everyone";
  const { id, name } = stage.group;
  return Object.hasOwn(named.groupNames, id)
    ? groupsWords([id], named)
    : `${plain(name)}${count === undefined ? "" : ` (${people(count)}, ${id.slice(0, 8)})`}`;
}

function stateWords(standing: StageStanding): string {
  const { reach, isNext, recorded } = standing;
  const has = adoptionWords(standing);
  switch (reach) {
    case "reached":
      return recorded === undefined ? has : `given passkeys outside Latchkey; ${has}`;
    case "excluded":
      return `excluded${recorded === undefined ? "" : " outside Latchkey"}, so its people may use none whatever they are in`;
    case "not-yet": {
      const change = recorded === "reached" ? "lost passkeys" : "no longer excluded, which was changed";
      const changed = recorded === undefined ? "" : `${change} outside Latchkey; `;
      return `${changed}${isNext ? "next" : "later"}; ${has}`;
    }
  }
}

/** "9 of 36 have a passkey (25%)". */
function adoptionWords({ people: all, withPasskey }: StageStanding): string {
  if (withPasskey === undefined) return "not read yet";
  if (all === undefined) return `${people(withPasskey)} with a passkey`;
  return `${number(withPasskey)} of ${number(all)} ${withPasskey === 1 ? "has" : "have"} a passkey${share(withPasskey, all)}`;
}
