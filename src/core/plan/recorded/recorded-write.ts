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
  // Graph derives them from the profiles, and takes none of them beside those.
  const opted = hasProfiles(before) ? [] : ["defaultPasskeyProfile"];
  const left = hasProfiles(after) ? [...MIRRORED_PAIR, ...opted] : [];
  return {
    isSaidBy: (body) => {
      if (!isJsonObject(body)) return false;
      const isAsWanted = Object.entries(body).every(
        ([name, value]) =>
          isGraphs(name) ||
          hashOf(value) === (wanted.get(name) ?? hashOf(null)) ||
          (name === "passkeyProfiles" && areProfiles(value, memberOf(before, name), memberOf(after, name))),
      );
      return isAsWanted && changed.every((name) => Object.hasOwn(body, name) || left.includes(name));
    },
  };
}

/** Those that were wanted, one by one; of one that is new Graph makes the id, so it may be sent without. */
function areProfiles(sent: Json, before: Json | undefined, wanted: Json | undefined): boolean {
  if (!Array.isArray(sent) || !Array.isArray(wanted) || sent.length !== wanted.length) return false;
  const there = new Set(Array.isArray(before) ? before.map(idOf) : []);
  return wanted.every((profile, at) => {
    const [whole, own] = [hashOf(profile), hashOf(sent[at] ?? null)];
    if (own === whole) return true;
    if (!isJsonObject(profile) || there.has(idOf(profile))) return false;
    const { id: _, ...rest } = profile;
    return own === hashOf(rest);
  });
}

const idOf = (profile: Json): string => (isJsonObject(profile) ? String(profile.id ?? "").toLowerCase() : "");
const hashOf = (value: Json): string => textHash(canonicalJson(value));
const isGraphs = (name: string): boolean => name.includes("@odata.");
