import type { Command } from "./command.js";
import { HISTORY_LENGTH } from "./record-commands.js";

const THINGS = ["keys", "passkeys", "models", "authenticators"];

/** Commands without parts: ways to say the same. The first of each is the one we write ourselves. */
export const SIMPLE: readonly { readonly said: readonly string[]; readonly command: Command }[] = [
  { said: ["help", "?", "commands", "show help", "show commands"], command: { kind: "help" } },
  {
    said: [
      "show policy",
      "policy",
      "show the policy",
      "show passkey policy",
      "current policy",
      "show current policy",
    ],
    command: { kind: "show-policy" },
  },
  {
    said: [
      ...["", "show ", "list "].flatMap((verb) => THINGS.map((thing) => `${verb}${thing} in use`)),
      ...THINGS.map((thing) => `which ${thing} are in use`),
      "what is in use",
      "inventory",
      "show inventory",
    ],
    command: { kind: "keys-in-use" },
  },
  {
    said: [
      "scan",
      "scan now",
      "rescan",
      "scan again",
      "start scan",
      "start a scan",
      "scan keys",
      "scan passkeys",
      "scan the tenant",
    ],
    command: { kind: "scan", full: false },
  },
  {
    said: [
      "full scan",
      "scan all",
      "scan everything",
      "scan everyone",
      "scan everybody",
      "scan in full",
      "rescan all",
      "rescan everything",
    ],
    command: { kind: "scan", full: true },
  },
  {
    said: ["pending", "pending plans", "show pending", "show pending plans", "open plans", "list plans"],
    command: { kind: "pending" },
  },
  {
    said: [
      "drift",
      "show drift",
      "check drift",
      "check for drift",
      "check the drift",
      "any drift",
      "is there drift",
    ],
    command: { kind: "drift" },
  },
  {
    said: ["history", "show history", "view history", "show the history", "plan history", "past plans"],
    command: { kind: "history", limit: HISTORY_LENGTH },
  },
  {
    said: ["approvals here", "post approvals here", "send approvals here", "approval room here"],
    command: { kind: "approvals-here" },
  },
];
