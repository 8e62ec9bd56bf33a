import { textHash } from "../../audit/chain.js";
import { canonicalJson, isJsonObject, type Json, type JsonObject, memberOf } from "../../json.js";
import { hasProfiles, MIRRORED_PAIR } from "../../policy/comparable-policy.js";

/** What a recorded proposal lets be written. */
export interface Write {
  /** Whether this is what was sent: every member that changes, as the proposal has it after, and nothing else. */
  isSaidBy(body: Json | undefined): boolean;
}

/**
 * The write that a recorded proposal stands for, judged by the record alone and not by how bodies are made today.
 * undefined: the record does not say.
 */
export function recordedWrite({ before, after }: JsonObject): Write | undefined {
  if (!isJsonObject(before) || !isJsonObject(after)) return undefined;
  const wanted = new Map(Object.entries(after).map(([name, value]) => [name, hashOf(value)]));
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !isGraphs(name) && hashOf(memberOf(before, name) ?? null) !== (wanted.get(name) ?? hashOf(null)),
  );
  // Graph derives them from the profiles, and takes neither of them beside those.
  const left = hasProfiles(after) ? MIRRORED_PAIR : [];
  return {
    isSaidBy: (body) => {
      if (!isJsonObject(body)) return false;
      const isAsWanted = Object.entries(body).every(
        ([name, value]) => isGraphs(name) || hashOf(value) === (wanted.get(name) ?? hashOf(null)),
      );
      return isAsWanted && changed.every((name) => Object.hasOwn(body, name) || left.includes(name));
    },
  };
}

const hashOf = (value: Json): string => textHash(canonicalJson(value));
const isGraphs = (name: string): boolean => name.includes("@odata.");
