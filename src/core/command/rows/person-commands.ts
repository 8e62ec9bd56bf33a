import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const KEYS = ["key", "passkey", "security key"];
const MANY = ["keys", "passkeys", "security keys"];
const WHOSE = ["his", "her", "their", "the"];
const FAILS = ["does not work", "doesn't work", "is not working", "isn't working", "stopped working"];
const CANNOT = ["can't", "cannot", "cant", "can not"];
const FAILING = [
  ...["work", "working", "not work", "not working", "fail", "failing", "blocked", "rejected", "refused"],
  ...["not allowed", "not accepted"],
];
const DOES = ["does", "doesn't", "doesnt", "does not", "did", "is", "isn't", "isnt", "was"];
/** Why one person's key fails, where the words do not say it is a key. */
const TROUBLES = ["blocked", "locked out", "shut out", "not able to sign in", "unable to sign in"];

/** Commands about one person: what they registered, and what today's policy makes of it. */
export const PERSON_COMMANDS = [
  {
    name: "person",
    says: ["show", "show me", "who is", "look up", "find", "check"],
    takes: "fullName",
    looks: true,
    topic: "models",
    help: [
      {
        usage: "show Emmy Noether",
        what: "which passkeys a person registered, and what today's policy makes of them",
      },
      {
        usage: "why can't Emmy Noether use her key",
        what: "what keeps each key out, which change did it, and what can be proposed",
      },
    ],
  },
  {
    name: "person",
    says: [
      "show person",
      ...each(["which", "what"], MANY, ["does # have", "does # use", "does # own", "has # registered"]),
      ...each(["does", "has"], ["# have", "# have a", "# have any", "# got a"], ["key", ...MANY, "passkey"]),
      ...each(["has # registered"], ["", "a passkey", "yet", "a key"]),
      ...each(["is # in"], ["scope", "the rollout"]),
      ...each(
        ["can", "may"],
        ["# use", "# use a", "# sign in with", "# sign in with a"],
        ["passkeys", "passkey"],
      ),
      ...each(["# says"], WHOSE, KEYS, FAILS),
    ],
    takes: "person",
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "person",
    says: [
      "why can't",
      ...each(["why"], CANNOT),
      ...each(["why is # not able to", "why is # unable to", "what stops # from"]),
    ],
    takes: "trouble",
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "person",
    says: [
      "what blocks",
      ...each(["why is"], ["#"], TROUBLES),
      ...each(["why can # not"], ["sign in", "log in", "sign in with a passkey"]),
      ...each(["what stops", "what keeps out", "diagnose", "troubleshoot"]),
    ],
    takes: "fullName",
    looks: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    name: "person",
    says: [
      "what about",
      ...each(["#"], CANNOT, ["sign in", "log in"], ["", "why", "with a passkey"]),
      ...each(["#"], CANNOT, ["sign in with", "log in with", "use"], WHOSE, KEYS, ["", "why"]),
    ],
    takes: "fullName",
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "person",
    says: [
      "show",
      ...each(["", "show", "show me", "list"], ["#"], MANY),
      ...each(["why"], DOES, ["#"], [...KEYS, ...MANY, "yubikey"], FAILING),
      ...each(["what is", "what's", "whats"], ["wrong with #", "the matter with #", "up with #"], KEYS),
      ...each(["does", "will", "is"], ["#"], KEYS, ["work", "working", "allowed", "blocked"]),
      ...each(["#"], KEYS, [...FAILS, "fails", "is blocked"]),
    ],
    takes: "possessive",
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "person",
    says: [
      "my passkeys",
      ...each(["", "show", "show me", "list"], ["my"], MANY),
      ...each(["which", "what"], MANY, ["do i have", "have i registered", "am i using"]),
      ...each(["what", "which ones"], ["have i registered", "did i register"]),
      ...each(["do i have"], ["a passkey", "any passkeys", "passkeys", "a key"]),
      ...each(["why"], CANNOT, ["i use", "i sign in with"], ["my", "my own"], KEYS),
      ...each(["why"], DOES, ["my"], KEYS, FAILING),
      "am i in scope",
    ],
    takes: "nothing",
    gives: { self: true },
    looks: true,
    topic: "models",
    help: [{ usage: "my passkeys", what: "the same about yourself" }],
  },
] as const satisfies readonly CommandRow[];
