import { TOPICS } from "../command-row.js";
import type { Reader } from "../reader.js";

/** Words that lead to a topic and words that say nothing of one. */
const BETWEEN: ReadonlySet<string> = new Set([
  "me",
  "with",
  "about",
  "on",
  "for",
  "the",
  "my",
  "please",
  "topic",
]);
const ALL: ReadonlySet<string> = new Set(["all", "everything", "full", "list", "commands"]);
const NAMED: Readonly<Record<string, (typeof TOPICS)[number]>> = {
  ...Object.fromEntries(TOPICS.map((topic) => [topic, topic])),
  passkey: "passkeys",
  groups: "passkeys",
  group: "passkeys",
  model: "models",
  keys: "models",
  authenticators: "models",
  drift: "policy",
  plan: "plans",
  approvals: "plans",
  approving: "plans",
  guide: "people",
  guides: "people",
  users: "people",
  latchkey: "bot",
};

/** `help`, `help models`, `help with approvals`, `help all`. What is no topic of ours is another question. */
export const readTopic: Reader<"topic"> = (_, rest) => {
  const said = rest
    .map(({ lower }) => lower.replace(/[?？!.,:;]+$/u, ""))
    .filter((word) => !BETWEEN.has(word));
  const [word, ...more] = said;
  if (word === undefined) return { kind: "arguments", arguments: {} };
  if (more.length > 0) return undefined;
  if (ALL.has(word)) return { kind: "arguments", arguments: { topic: "all" } };
  const topic = Object.hasOwn(NAMED, word) ? NAMED[word] : undefined;
  return topic === undefined ? undefined : { kind: "arguments", arguments: { topic } };
};
