import type { CommandNamed } from "../../../../core/command/command.js";
import type { PasskeyProfile, ProfilesPolicy } from "../../../../core/policy/policy.js";
import { ALL_USERS } from "../../../../core/policy/policy.js";
import { describePolicy, type PolicyReport } from "../../../../core/report/report.js";
import { typesWords } from "../../../../core/words/policy-words.js";
import { profilesCard } from "../../../cards/reports/standing/profiles-card.js";
import { code, plain } from "../../../words/card-text.js";
import { OPT_IN } from "../../../words/rollout/profile-refusal-text.js";
import type { Answer } from "../../answer.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "../deciding/offer.js";

/** The profiles, the one that is named, or those of a group. */
export const answerProfiles: AnswerTo<"profiles"> = async ({ ports, rules }, _, command) => {
  const report = await describePolicy(ports, rules);
  const { policy } = report;
  if (policy.shape === "legacy") return offer(withoutProfiles(), OPT_IN);
  const shown = profilesMeant(report, policy, command);
  return typeof shown === "string" ? say(shown) : { kind: "card", card: profilesCard(report, policy, shown) };
};

/** What the move to profiles means; where it was made, the profiles. */
export const answerAboutProfiles: AnswerTo<"about-profiles"> = async ({ ports, rules }) => {
  const report = await describePolicy(ports, rules);
  const { policy } = report;
  return policy.shape === "legacy"
    ? offer(withoutProfiles(), OPT_IN)
    : { kind: "card", card: profilesCard(report, policy) };
};

/** Other rules for some people than for others: that is what profiles are for. */
export const answerProfileFor: AnswerTo<"profile-for"> = async ({ ports, rules }) => {
  const { policy } = await describePolicy(ports, rules);
  if (policy.shape === "legacy") return offer(withoutProfiles(), OPT_IN);
  const kinds = policy.profiles
    .map(({ name, types, otherTypes }) => `${plain(name)} (${typesWords(types, otherTypes)})`)
    .join(", ");
  const [last] = policy.profiles.slice(-1);
  const give = `add group Helpdesk in profile "${last?.name ?? ""}"`;
  return say(
    `Which kinds and models people may use is a matter of the profiles that their groups have. There are ${policy.profiles.length}: ${kinds}. Say ${code(give)} to propose to give a group one, or ${code("profiles")} to see who has which. For another one say ${code("create profile Executives device-bound with attestation")}.`,
  );
};

function profilesMeant(
  report: PolicyReport,
  policy: ProfilesPolicy,
  command: CommandNamed<"profiles">,
): readonly PasskeyProfile[] | string {
  if ("profile" in command) return byName(policy, command.profile);
  if ("group" in command) return ofGroup(report, policy, command.group);
  return policy.profiles;
}

function byName(policy: ProfilesPolicy, typed: string): readonly PasskeyProfile[] | string {
  const wanted = comparable(typed);
  const same = policy.profiles.filter(({ name }) => comparable(name) === wanted);
  if (same.length > 0) return same;
  if (wanted === "default") return policy.profiles.filter(({ id }) => id === policy.defaultProfile);
  const choices = policy.profiles.map(({ name }) => code(`show profile ${name}`)).join(", ");
  return `There is no profile called ${plain(typed)}. Say ${choices}.`;
}

/** Which profiles a target has: of the groups that the policy names, since only these have one of their own. */
function ofGroup(
  report: PolicyReport,
  policy: ProfilesPolicy,
  typed: string,
): readonly PasskeyProfile[] | string {
  const wanted = comparable(typed);
  const isMeant = (id: string) =>
    id === ALL_USERS
      ? ["all users", "everyone", "everybody"].includes(wanted)
      : id === wanted || comparable(report.groupNames[id] ?? "") === wanted;
  if (policy.exclude.some(isMeant)) {
    return `${plain(typed)} is excluded: its people may use no passkey, whatever profile they would have. Say ${code("show policy")} to see it.`;
  }
  const ids = policy.include.filter(({ id }) => isMeant(id)).flatMap(({ profiles }) => profiles);
  const profiles = policy.profiles.filter(({ id }) => ids.includes(id));
  if (profiles.length > 0) return profiles;
  const everybody = policy.include.find(({ id }) => id === ALL_USERS)?.profiles ?? [];
  const names = policy.profiles.filter(({ id }) => everybody.includes(id)).map(({ name }) => plain(name));
  const have =
    names.length === 0
      ? "so its people may use no passkey through it"
      : `its people have what all users have: ${names.join(", ")}`;
  return `The policy does not name a group called ${plain(typed)}; ${have}. Say ${code("profiles")} to see who has which.`;
}

function withoutProfiles(): string {
  return `This tenant has no passkey profiles yet: one set of rules holds for everybody. Profiles (different kinds and models for different groups) come with a move that a tenant opts in to. It turns the rules of today into the default profile, for the same people, and it cannot be undone. Say ${code(OPT_IN)} to propose it, or ${code("show policy")} for the rules of today.`;
}

function comparable(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

const say = (words: string): Answer => ({ kind: "text", text: words });
