import type { JudgedPasskey } from "../../../../../core/report/standing/person/judged-passkey.js";
import type { LateChange, LateEffect } from "../../../../../core/report/standing/person/late-changes.js";
import { listed, number } from "../../../../../core/words/amounts.js";
import { moment, plain } from "../../../../words/card-text.js";
import { planTitle } from "../../../../words/plan-words.js";
import type { CardElement } from "../../../parts/card.js";
import { heading, subtle, text } from "../../../parts/card-parts.js";

const SHOWN = 5;
const NAMED = 3;

/** What changed the policy lately and mattered to one person; nothing where nothing did. */
export function lateLines(
  lately: readonly LateChange[],
  passkeys: readonly JudgedPasskey[],
): readonly CardElement[] {
  if (lately.length === 0) return [];
  const rest = lately.length - SHOWN;
  return [
    heading("Changed in the last three months"),
    ...lately.slice(0, SHOWN).flatMap((change) => [
      text(`**${sourceWords(change)}**`, { spacing: "small" }),
      subtle(`${byWords(change)}, ${moment(change.at)}: ${effectWords(change.effect, passkeys)}.`, {
        spacing: "none",
      }),
    ]),
    ...(rest > 0 ? [subtle(`and ${number(rest)} before that`)] : []),
    subtle("By the groups and passkeys of today.", { spacing: "small" }),
  ];
}

function sourceWords(change: LateChange): string {
  if (change.by === "plan") return `#${number(change.plan.number)} ${planTitle(change.plan)}`;
  return `Drift ${number(change.driftNumber)}, changed outside Latchkey${change.isOpen ? "" : " and decided since"}`;
}

function byWords(change: LateChange): string {
  if (change.by === "plan") {
    const { requester, approvals, revision } = change.plan;
    const approvers = approvals.filter((each) => each.revision === revision).map(({ by }) => plain(by.name));
    const asked = `asked by ${plain(requester.name)}`;
    return approvers.length === 0 ? asked : `${asked}, approved by ${listed(approvers, NAMED)}`;
  }
  const names = change.writers.map((name) => plain(name));
  return names.length === 0 ? "by whom Entra's audit log did not say" : `by ${listed(names, NAMED)}`;
}

function effectWords(
  { took, gave, reach, attestation, hasOtherRules }: LateEffect,
  passkeys: readonly JudgedPasskey[],
): string {
  const named = (aaguids: LateEffect["took"]) => {
    const names = aaguids.map((aaguid) => {
      const known = passkeys.find((passkey) => passkey.aaguid === aaguid)?.known;
      return plain(known?.name ?? aaguid);
    });
    return listed([...new Set(names)], NAMED);
  };
  const words = [
    ...(reach === "came" ? ["passkeys came on for them"] : []),
    ...(reach === "went" ? ["passkeys were no longer for them"] : []),
    ...(took.length === 0 ? [] : [`stopped ${named(took)}`]),
    ...(gave.length === 0 ? [] : [`let ${named(gave)} work`]),
    ...(attestation === "came" ? ["new passkeys have to prove their model since"] : []),
    ...(attestation === "went" ? ["new passkeys need not prove their model any more"] : []),
  ];
  if (words.length > 0) return words.join(", ");
  return hasOtherRules
    ? "other kinds or models may be used since; theirs work or fail as before"
    : "nothing of theirs";
}
