import { unreachable } from "../../../core/errors.js";
import type { Person } from "../../../core/person.js";
import type { Plan, PlanNote } from "../../../core/plan/plan.js";
import { listed } from "../../../core/words/amounts.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";

/** Why a plan that waits is not what it was; nothing when there is nothing to say. */
export function planNote(plan: Plan): readonly CardElement[] {
  const { note } = plan;
  if (note === undefined) return [];
  const request = "requestId" in note && note.requestId !== undefined ? [requestLine(note.requestId)] : [];
  const style = note.kind === "scanned-anew" ? "emphasis" : "warning";
  return [banner(style, [text(noteWords(plan, note)), ...request])];
}

function noteWords(plan: Plan, note: PlanNote): string {
  const at = moment(note.at, plan.createdAt);
  switch (note.kind) {
    case "policy-moved":
      return `**The policy changed since the last revision.** ${approver(note)} approved at ${at}, and nothing was written. This is revision ${plan.revision}, made from the policy as it is now; earlier approvals do not count.`;
    case "no-effect":
      return `**Not applied: Graph reported success, but reading back shows the old policy.** ${approver(note)} approved at ${at}. The plan is open again.`;
    case "scanned-anew":
      return `**Made anew on a new scan at ${at}:** there is a newer one than the last revision rested on. This is revision ${plan.revision}; look again at whom it concerns. Earlier approvals do not count.`;
    case "approvals-dropped":
      return `**${droppedWords(note.people)}:** by the roles and rules of now ${note.people.length === 1 ? "it" : "they"} would not be given. ${approver(note)} approved at ${at}.`;
    case "not-written-after-all":
      return `**Not applied: the work was interrupted, and the policy reads as before.** ${approver(note)} approved at ${at}. The plan is open again.`;
    case "attempt-failed":
      return `**Nothing was written when ${approver(note)} approved at ${at}.** ${whoseRights(note)}${plainSentences(note.why)} The plan stays open.`;
    default:
      return unreachable(note);
  }
}

/** Everybody reads the card: what Graph said must not be laid at the wrong person's door. */
function whoseRights({ fault, approver: by }: Extract<PlanNote, { kind: "attempt-failed" }>): string {
  if (fault === "write-denied" || fault === "write-unauthorized")
    return `Graph did not take the write with the rights of ${plain(by.name)}. `;
  if (fault === "graph-denied" || fault === "graph-unauthorized")
    return "Graph did not let Latchkey's own app read the policy; that is not about the approver. Ask an administrator to check the app's permissions. ";
  if (fault === "graph-too-slow")
    return "Graph took too long to answer, and a policy that may have changed since is not written over. Approve again in some minutes; if it stays so slow, ask the operator to look at the service health of Microsoft 365 and at what is on the way to Graph. ";
  return "";
}

function droppedWords(people: readonly Person[]): string {
  const names = listed(
    people.map(({ name }) => plain(name)),
    5,
  );
  return people.length === 1
    ? `The approval of ${names} does not count any more`
    : `The approvals of ${names} do not count any more`;
}

const approver = (note: { readonly approver: Person }): string => plain(note.approver.name);

function requestLine(requestId: string): CardElement {
  return subtle(`Graph request ${plain(requestId)}`, { spacing: "small" });
}
