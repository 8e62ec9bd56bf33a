import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const HOW = [
  ...each(["how"], ["do", "can", "should", "does"], ["i", "we", "you", "one", "they", "people", "users"]),
  "how does",
];
const NEW_PHONE = ["my phone is new", "new phone", ...each(["i got", "i have", "i've got"], ["a new phone"])];
const TELL = each(["show", "tell", "explain to"], ["me how to", "us how to"]);
const NOT = [
  "doesn't work",
  "does not work",
  "won't work",
  "isn't working",
  "is not working",
  "stopped working",
];
const UNKNOWN = each(["is not", "isn't"], ["recognised", "recognized", "accepted", "detected", "found"]);
const GONE = [
  "lost",
  "broke",
  "forgot",
  "can't find",
  "cannot find",
  "have lost",
  "don't have",
  "no longer have",
];
const OUT = ["sign in", "log in", "login", "get in"];

/** What people need for their own passkeys. Answered to every member of the tenant, with or without a role. */
export const GUIDE_COMMANDS = [
  {
    name: "guide",
    says: [
      "guide",
      "guides",
      "guide for",
      "guide to",
      "show guide",
      "show me a guide",
      "show me the guide",
      "show the guide",
      "user guide",
      "how to",
      "instructions",
      "user instructions",
      "instructions for",
      "steps",
      "steps for",
      ...HOW,
      ...TELL,
      "explain how to",
      "walk me through",
      "what do i tell",
      "passkey # how",
      "passkeys # how",
      "register # how",
      "set up # how",
    ],
    takes: "platform",
    looks: true,
    topic: "people",
    help: [
      {
        usage: "guide",
        what: "how people set up a passkey: `guide ios`, `guide android`, `guide windows`, `guide security key`",
      },
    ],
    inTeamsMenu: { where: "personal", description: "How to set up your own passkey" },
  },
  {
    name: "guide",
    says: [
      "move my passkey to",
      ...each(
        ["move", "transfer", "copy", "migrate", "get", "bring"],
        ["my passkey", "my passkeys", "my key"],
        ["to", "onto"],
      ),
      ...each(NEW_PHONE, ["", ...HOW]),
      ...["what can my # do", "is my # supported", "does my # support passkeys", "will my # work"],
      "can my # do passkeys",
    ],
    takes: "platform",
    looks: true,
    isSaidExactly: true,
    topic: "people",
    help: [],
  },
  {
    name: "lost",
    says: [
      "i lost my",
      ...each(["i", "i've"], GONE, ["my", "the", "a"]),
      "my # is lost",
      "my # was stolen",
      "my # is gone",
    ],
    takes: "platform",
    looks: true,
    topic: "people",
    help: [],
  },
  {
    name: "locked-out",
    says: [
      "locked out",
      "i am locked out",
      "i'm locked out",
      "im locked out",
      ...each(["i can't", "i cannot", "i can not", "can't", "why can i not", "why can't i"], OUT),
      ...each(["can't get in", "cannot get in", "i can't get in"], ["any more", "anymore"]),
      ...each(["my #"], [...NOT, ...UNKNOWN]),
      ...each(["the #"], NOT),
    ],
    takes: "platform",
    looks: true,
    topic: "people",
    help: [],
  },
  {
    name: "send-guide",
    says: ["send", "mail", "email", "e-mail", "message", "remind", "nudge", "notify", "invite", "write to"],
    takes: "audience",
    looks: true,
    topic: "people",
    help: [],
  },
  {
    name: "docs",
    says: [
      "docs",
      "doc",
      "documentation",
      "manual",
      "the manual",
      "handbook",
      "readme",
      "show docs",
      "show documentation",
      ...each(
        ["where is", "where's", "where are"],
        ["the manual", "the documentation", "the docs", "the handbook"],
      ),
      ...each(["is there"], ["a manual", "documentation", "any documentation"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "people",
    help: [],
  },
] as const satisfies readonly CommandRow[];
