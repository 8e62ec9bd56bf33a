import type { Word } from "../words.js";

/** Words a change is said with: as it is asked for, as an activity ("disabling"), and as what is done ("disabled"). */
const VERBS: readonly (readonly [asked: string, activity: string, done: string])[] = [
  ["enable", "enabling", "enabled"],
  ["disable", "disabling", "disabled"],
  ["activate", "activating", "activated"],
  ["deactivate", "deactivating", "deactivated"],
  ["turn", "turning", "turned"],
  ["switch", "switching", "switched"],
  ["roll", "rolling", "rolled"],
  ["allow", "allowing", "allowed"],
  ["permit", "permitting", "permitted"],
  ["whitelist", "whitelisting", "whitelisted"],
  ["disallow", "disallowing", "disallowed"],
  ["remove", "removing", "removed"],
  ["delete", "deleting", "deleted"],
  ["block", "blocking", "blocked"],
  ["ban", "banning", "banned"],
  ["add", "adding", "added"],
  ["exclude", "excluding", "excluded"],
  ["include", "including", "included"],
  ["enforce", "enforcing", "enforced"],
  ["require", "requiring", "required"],
  ["stop", "stopping", "stopped"],
  ["undo", "undoing", "undone"],
  ["revert", "reverting", "reverted"],
  ["cancel", "cancelling", "cancelled"],
  ["put", "putting", "put"],
  ["move", "moving", "moved"],
  ["give", "giving", "given"],
  ["take", "taking", "taken"],
  ["assign", "assigning", "assigned"],
  ["promote", "promoting", "promoted"],
  ["unassign", "unassigning", "unassigned"],
  ["create", "creating", "created"],
  ["make", "making", "made"],
  ["rename", "renaming", "renamed"],
  ["opt", "opting", "opted"],
];
const ASKED_BY_ACTIVITY = new Map(VERBS.map(([asked, activity]) => [activity, asked]));
const ASKED_BY_DONE = new Map(VERBS.map(([asked, , done]) => [done, asked]));
/** Where it is another word than what is done: "we took it off the list". */
const ASKED_BY_PAST = new Map([
  ["took", "take"],
  ["gave", "give"],
  ["undid", "undo"],
]);
/** What stands for the whole change: "the impact of attestation". */
const ENFORCED: ReadonlySet<string> = new Set(["attestation"]);

/** Who would do it, and how a person softens that: it says nothing of the change itself. */
const AROUND: ReadonlySet<string> = new Set([
  ...["i", "we", "you", "they", "one", "someone", "somebody", "latchkey", "us", "me"],
  ...["just", "now", "simply", "really", "ever", "also", "actually", "to", "were", "would", "should", "will"],
  ...[
    "decide",
    "decided",
    "want",
    "wanted",
    "try",
    "tried",
    "go",
    "went",
    "ahead",
    "and",
    "start",
    "started",
  ],
]);
/** Between what something is done to and what is done. */
const IS: ReadonlySet<string> = new Set([
  ...["is", "are", "was", "were", "be", "being", "been", "get", "gets", "got"],
]);

/**
 * Ways to read a change that is asked about as one that is asked for, the likeliest first: "we remove titan",
 * "removing titan" and "titan is removed" all speak of "remove titan".
 */
export function askedFor(words: readonly Word[]): readonly (readonly Word[])[] {
  const start = words.findIndex(({ lower, quoted }) => quoted || !AROUND.has(lower));
  const said = start === -1 ? [] : words.slice(start);
  const [first, ...rest] = said;
  if (first === undefined) return [];
  const asked = first.quoted
    ? undefined
    : (ASKED_BY_ACTIVITY.get(first.lower) ??
      ASKED_BY_DONE.get(first.lower) ??
      ASKED_BY_PAST.get(first.lower));
  const active = asked === undefined ? said : [reworded(first, asked), ...rest];
  const passive = asDoneTo(said);
  const named =
    !first.quoted && ENFORCED.has(first.lower) ? [reworded(first, "enforce"), ...said] : undefined;
  return [active, passive, named].flatMap((words) => (words === undefined ? [] : [words]));
}

/** "titan is removed" as "remove titan"; what stands behind it stays there. */
function asDoneTo(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(
    ({ lower, quoted }, index) =>
      !quoted && ASKED_BY_DONE.has(lower) && index >= 2 && IS.has(words[index - 1]?.lower ?? ""),
  );
  const done = words[at];
  const asked = done === undefined ? undefined : ASKED_BY_DONE.get(done.lower);
  if (done === undefined || asked === undefined) return undefined;
  const subject = words.slice(0, at).filter(({ lower, quoted }) => quoted || !IS.has(lower));
  return [reworded(done, asked), ...subject, ...words.slice(at + 1)];
}

/** "Enabled" as "enable"; undefined: it is no word for what is done. */
export function askedByDone(word: Word): Word | undefined {
  const asked = word.quoted ? undefined : ASKED_BY_DONE.get(word.lower);
  return asked === undefined ? undefined : reworded(word, asked);
}

function reworded(word: Word, text: string): Word {
  return { ...word, text, raw: text, lower: text };
}
