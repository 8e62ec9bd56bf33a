import type { Plan, Proposal } from "../../../core/plan/plan.js";
import { profileMemberWords } from "../../../core/words/profile-member-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { text } from "../parts/card-parts.js";

/** Groups of one profile named on the brief card; Show all names every one. */
const MOST_NAMED = 3;

/** Who gets which profile, and from whom it is taken: a line for each profile, under the settings that change. */
export function planProfiles({ proposal }: Pick<Plan, "proposal">): readonly CardElement[] {
  return profileLines(proposal, MOST_NAMED).map((line) => text(line, { spacing: "small" }));
}

/** The same with every group. */
export function profileLines(proposal: Proposal, most = Number.MAX_SAFE_INTEGER): readonly string[] {
  return (proposal.profileMembers ?? []).map((change) =>
    profileMemberWords(change, proposal, MARKDOWN, most),
  );
}
