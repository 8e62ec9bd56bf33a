import type { Refusal } from "../../../core/errors.js";
import { toAaguid } from "../../../core/policy/policy.js";
import { typesWords } from "../../../core/words/policy-words.js";

/** What is to be said again, with other models in it. */
type Again = Pick<Extract<Refusal, { code: "ambiguous-model" }>, "verb" | "others" | "profile" | "admits">;

/** The command again with these models in place of what was not clear: nothing else of it may get lost. */
export function sayAgain({ verb, others = [], profile, admits }: Again, models: string): string {
  const all = [models, ...others.map((other) => (toAaguid(other) === undefined ? `"${other}"` : other))];
  const kind = admits === undefined ? "" : ` with ${typesWords([admits])} passkeys`;
  return `${verb} ${all.join(", ")}${kind}${profile === undefined ? "" : ` in profile "${profile}"`}`;
}

/** Whether that can be read back: a name with quotes of its own cannot, and a profile is more than its models. */
export function canBeSaidAgain({ verb, others = [], profile = "" }: Again): boolean {
  return verb !== "new profile" && ![...others, profile].join("").includes('"');
}
