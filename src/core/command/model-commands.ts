import { type Candidate, closestPhrase } from "./closest-phrase.js";
import type { Parsed } from "./command.js";
import { type ProfilePart, takeModelNames, takeProfile } from "./model-names.js";
import { isOrdinaryWord } from "./ordinary-words.js";
import { asTyped, phrase, startsWith, type Word } from "./words.js";

/** Ways to say the same. The first of each is the one we write ourselves. */
const VERBS = {
  "who-uses": ["who uses", "who is using", "who's using"],
  "what-is": ["what is", "what's"],
  allow: ["allow"],
  remove: ["remove", "disallow"],
} as const;
type Verb = keyof typeof VERBS;
const KINDS: readonly Verb[] = ["who-uses", "what-is", "allow", "remove"];

const THINGS = ["keys", "passkeys", "models", "authenticators"];
const ALLOW_IN_USE: readonly string[] = ["", "all ", "the "].flatMap((which) =>
  THINGS.map((thing) => `allow ${which}${thing} in use`),
);
const NEAR_IN_USE: readonly Candidate[] = ALLOW_IN_USE.map((said) => ({
  said,
  write: "allow keys in use",
  goesOn: true,
}));
const NEAR_VERBS: readonly Candidate[] = KINDS.flatMap((kind) =>
  VERBS[kind].map((said): Candidate => ({ said, write: VERBS[kind][0], goesOn: true })),
);
/** Words that make a text with a misspelled verb one about models rather than anything else. */
const MODEL_LIKE = /key|authenticator|hello|[0-9a-f]{8}-[0-9a-f]{4}-/;

/** `allow`, `remove`, `who uses` and `what is` with models. undefined: ordinary chat, or another command. */
export function parseModelCommand(words: readonly Word[]): Parsed | undefined {
  const inUse = startsWith(words, ALLOW_IN_USE);
  if (inUse) return allowInUse(words.slice(inUse.length));
  const kind = KINDS.find((each) => startsWith(words, VERBS[each]));
  if (kind === undefined) return undefined;
  const suggestion = closestPhrase(words, NEAR_IN_USE);
  if (suggestion !== undefined) return { kind: "reply", reply: { code: "did-you-mean", suggestion } };
  const rest = words.slice(startsWith(words, VERBS[kind])?.length);
  return kind === "allow" || kind === "remove" ? parseList(kind, rest) : parseQuestion(kind, rest);
}

/** A verb with a typo before something that looks like a model: asked back. */
export function nearModelCommand(words: readonly Word[]): string | undefined {
  const inUse = closestPhrase(words, NEAR_IN_USE);
  if (inUse !== undefined) return inUse;
  const meant = NEAR_VERBS.filter(({ said }) => {
    const rest = words.slice(said.split(" ").length);
    return MODEL_LIKE.test(phrase(rest)) && !isChat(rest);
  });
  return closestPhrase(words, meant);
}

function allowInUse(rest: readonly Word[]): Parsed {
  const { before, profile } = takeProfile(rest, "allow");
  if (before.length > 0 || profile.kind === "unclear") return notUnderstood(rest, "allow keys in use");
  return { kind: "command", command: { kind: "allow-keys-in-use", ...named(profile) } };
}

function parseList(kind: "allow" | "remove", rest: readonly Word[]): Parsed | undefined {
  const { before, profile } = takeProfile(rest, kind);
  const models = takeModelNames(before);
  if (models.length === 0) return modelMissing(kind);
  if (isChat(before)) return undefined;
  if (profile.kind === "unclear") return notUnderstood(rest.slice(before.length), kind);
  return { kind: "command", command: { kind, models, ...named(profile) } };
}

function named(profile: ProfilePart): { readonly profile?: string } {
  return profile.kind === "named" ? { profile: profile.name } : {};
}

function parseQuestion(kind: "who-uses" | "what-is", rest: readonly Word[]): Parsed | undefined {
  if (rest.length === 0) return modelMissing(kind);
  if (isChat(rest)) return undefined;
  const text = rest.map((word, at) => word.text + (word.comma && at < rest.length - 1 ? "," : ""));
  return { kind: "command", command: { kind, model: text.join(" ") } };
}

function isChat(rest: readonly Word[]): boolean {
  const [first] = rest;
  return first !== undefined && !first.quoted && isOrdinaryWord(first.lower);
}

function modelMissing(kind: Verb): Parsed {
  return { kind: "reply", reply: { code: "model-missing", command: VERBS[kind][0] } };
}

function notUnderstood(part: readonly Word[], command: string): Parsed {
  return {
    kind: "reply",
    reply: { code: "not-understood", part: part.map(asTyped).join(" "), command },
  };
}
