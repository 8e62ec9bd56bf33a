import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../json.js";
import type { PolicyChange } from "../change.js";
import { meet, pathOf } from "../change-path.js";
import { comparablePolicy } from "../comparable-policy.js";
import { diffPolicies } from "../diff-policies.js";
import type { RevertIntent } from "../intent.js";
import { parsePolicy } from "../parse-policy.js";

/** A setting that is taken back although it was changed again since. */
export interface Overlap {
  /** From what it was when that was done to what it is today. */
  readonly since: PolicyChange;
  /** Whether that stays, as a later entry of a list does, or what was there before all this comes back over it. */
  readonly fate: "kept" | "overwritten";
}

/**
 * What was changed again since. A setting that was put back already is none: there is nothing left to do.
 * @param after today's policy with everything taken back
 */
export function overlapsOf(
  today: JsonObject,
  after: JsonObject,
  { from, to }: Pick<RevertIntent, "from" | "to">,
): readonly Overlap[] {
  const changed = diff(from, today);
  const takenBack = diff(from, to).map(pathOf);
  const open = diff(today, to).map(pathOf);
  const lost = overwritten(from, today, after);
  return changed
    .filter((since) => meets(since, takenBack) && meets(since, open))
    .map((since) => ({ since, fate: meets(since, lost) ? "overwritten" : "kept" }));
}

function diff(before: JsonObject, after: JsonObject): readonly PolicyChange[] {
  return diffPolicies(parsePolicy(before), parsePolicy(after));
}

function meets(change: PolicyChange, paths: readonly string[]): boolean {
  return paths.some((other) => meet(pathOf(change), other));
}

/** Where something that was said or unsaid since is not so after. */
function overwritten(from: JsonObject, today: JsonObject, after: JsonObject): readonly string[] {
  const [was, is, will] = [statements(from), statements(today), statements(after)];
  const said = [...is].filter(([text]) => !was.has(text) && !will.has(text));
  const unsaid = [...was].filter(([text]) => !is.has(text) && will.has(text));
  return [...said, ...unsaid].map(([, path]) => path);
}

/** All that a policy says, an entry of a list by itself: each with where it stands. */
function statements(raw: JsonObject): ReadonlyMap<string, string> {
  return new Map(statementsOf("", comparablePolicy(raw)));
}

function statementsOf(path: string, value: Json): readonly (readonly [text: string, path: string])[] {
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  if (isJsonObject(value)) {
    const members = Object.entries(value).flatMap(([key, member]) => statementsOf(at(key), member));
    return [[`${path} is there`, path], ...members];
  }
  if (!Array.isArray(value)) return [[`${path} is ${canonicalJson(value)}`, path]];
  return (value as readonly Json[]).flatMap((entry) =>
    isJsonObject(entry)
      ? statementsOf(at(String(entry.id)), entry)
      : [[`${path} has ${canonicalJson(entry)}`, path] as const],
  );
}
