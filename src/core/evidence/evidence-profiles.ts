import type { ProfileMembers } from "../impact/profile-members.js";
import { isJsonObject, type JsonObject } from "../json.js";
import type { Plan } from "../plan/plan.js";
import type { NamedGroups } from "../policy/group.js";
import { BARE } from "../words/medium.js";
import { profileMemberWords } from "../words/profile-member-words.js";
import { type Html, html } from "./evidence-html.js";

/** Who gains and who loses which profile by a revision, by its record, in the words of the card; the plan lends names. */
export function profilesPart(detail: JsonObject | undefined, { proposal }: Plan): Html {
  const recorded = detail?.profileMembers;
  if (!Array.isArray(recorded) || recorded.length === 0) return html``;
  const groupFacts = isJsonObject(detail?.groups) ? (detail.groups as NamedGroups["groupFacts"]) : undefined;
  const groups = {
    groupNames: proposal.groupNames,
    ...(groupFacts === undefined ? {} : { groupFacts }),
  };
  return html`<h4>Who gains and who loses which profile</h4><ul>${recorded.map((change) => html`<li>${line(change, groups)}</li>`)}</ul>`;
}

/** A record holds what we wrote; an edited one may hold anything, and is shown as it lies there. */
function line(change: unknown, groups: NamedGroups): string {
  try {
    return profileMemberWords(change as ProfileMembers, groups, BARE, Number.MAX_SAFE_INTEGER);
  } catch {
    return JSON.stringify(change); // Edited since: the seal at the top of the page says so.
  }
}
