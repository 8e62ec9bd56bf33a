import type { PasskeyType } from "../../policy/policy.js";
import { each } from "../rows/each.js";
import { phrase, type Word } from "../words.js";

const KINDS: readonly (readonly [type: PasskeyType, names: readonly string[]])[] = [
  ["deviceBound", ["device-bound", "device bound", "devicebound"]],
  ["synced", ["synced"]],
];
const PHRASES: ReadonlyMap<string, PasskeyType> = new Map(
  KINDS.flatMap(([type, names]) =>
    each(["with", "and", "and allow", "and admit", "and let in"], names, ["passkeys"]).map(
      (said) => [said, type] as const,
    ),
  ),
);
const LONGEST_KIND_WORDS = Math.max(...[...PHRASES.keys()].map((said) => said.split(" ").length));

/** Splits off `with synced passkeys` at the end: the kind of passkey that a profile is to admit as well. */
export function takeKind(words: readonly Word[]): {
  readonly before: readonly Word[];
  readonly type?: PasskeyType;
} {
  // The longest phrase begins first.
  for (let at = Math.max(words.length - LONGEST_KIND_WORDS, 0); at < words.length; at += 1) {
    const end = words.slice(at);
    const type = end.some(({ quoted }) => quoted) ? undefined : PHRASES.get(phrase(end));
    if (type !== undefined) return { before: words.slice(0, at), type };
  }
  return { before: words };
}

const THINGS =
  /^(?:(?:all|any|the) )?(?:(synced|syncing|cloud)|(device-bound|device bound|hardware)) (?:pass)?keys?$/;
const THAT_SYNC = /^(?:all |any )?(?:pass)?keys (?:that|which) (?:sync|are synced)$/;

/** The kind, where these words name a kind of passkey and no model. */
export function kindNamed(words: readonly Word[]): PasskeyType | undefined {
  if (words.some(({ quoted }) => quoted)) return undefined;
  const said = phrase(words).replace(/[?!.]+$/, "");
  if (THAT_SYNC.test(said)) return "synced";
  const [, synced, deviceBound] = THINGS.exec(said) ?? [];
  if (synced !== undefined) return "synced";
  return deviceBound === undefined ? undefined : "deviceBound";
}
