import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const ANYONE = ["i", "we", "you", "people", "anyone", "anybody", "one"];
const DIFFERENCE = ["the difference between", "difference between"];

const SELF_SERVICE = ["self-service", "self service"].flatMap((said) =>
  ["", " registration", " set-up", " setup"].map((end) => said + end),
);
const SWITCHING = [
  ...["enable", "turn on", "switch on", "activate", "allow", "permit"],
  ...["disable", "turn off", "switch off", "deactivate", "forbid", "block"],
];
const PEOPLE = ["people", "users", "everyone"];
const LETTING = each(
  [...each(["let"], PEOPLE), ...each(["allow"], PEOPLE, ["to"])],
  ["add", "register", "set up"],
);

/** Commands that explain: what a word means, what a setting does, whether a model may be used. */
export const EXPLAIN_COMMANDS = [
  {
    name: "explain",
    says: [
      "explain",
      ...["explain to me", "what is", "what's", "what are", "whats", "define", "meaning of", "tell me about"],
      ...each(["what is", "what's"], ["the meaning of", "the point of", "meant by", ...DIFFERENCE]),
      ...each(["", "explain"], DIFFERENCE),
      ...each(["what does", "what do"], ["# mean", "# do"]),
      ...each(["how do", "how does"], ["# work"]),
      ...each(["why do", "why would", "why should"], ANYONE, [
        "need",
        "want",
        "use",
        "enforce",
        "care about",
      ]),
      ...each(["# what is", "# what's", "# what"], ["that", "it", "this"]),
      ...["# what does that mean", "# meaning", "what is # for", "what's # for", "what is # good for"],
    ],
    takes: "concept",
    looks: true,
    topic: "policy",
    help: [
      {
        usage: "explain attestation",
        what: "what it is and how it is here; also passkeys, AAGUIDs, synced, key restrictions, profiles",
      },
    ],
  },
  {
    // It is turned on with passkeys, and by nothing else here: what it is and how it is answers all of these.
    name: "explain",
    written: "explain self-service",
    says: [
      "enable self-service",
      ...each(SWITCHING, SELF_SERVICE),
      ...each(["turn", "switch"], ["self-service", "self service"], ["on", "off"]),
      ...each(LETTING, ["their own passkeys", "their passkeys"]),
      ...each(LETTING, ["passkeys", "a passkey"], ["themselves", "by themselves"]),
    ],
    takes: "nothing",
    gives: { concept: "self-service" },
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "explain",
    says: [
      "explain permissions",
      ...each(
        ["which", "what"],
        ["permissions", "rights"],
        ["do you have", "do you need", "have you got", "are needed"],
      ),
      ...each(
        ["do you have", "have you got"],
        ["", "all", "all the", "enough", "the right", "the"],
        ["permissions", "rights"],
      ),
      ...each(
        ["are", "do you need", "are you missing"],
        ["any", "all", "more"],
        ["permissions", "rights"],
        ["", "granted", "missing"],
      ),
      ...["what are you allowed to do", "what can you read", "can you write"],
    ],
    takes: "nothing",
    gives: { concept: "permissions" },
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "is-allowed",
    says: [
      "can people use",
      ...each(
        ["is", "are"],
        ["# allowed", "# permitted", "# blocked", "# on the list", "# on the allow list"],
      ),
      ...each(["can", "may", "could"], ["i", "we", "people", "users", "they"], ["use"]),
      ...each(["do we", "does the policy"], ["allow"]),
      "# allowed",
    ],
    takes: "oneModel",
    looks: true,
    isSaidExactly: true,
    topic: "models",
    help: [{ usage: "is YubiKey 5 NFC allowed", what: "whether a model may be used, by whom, and why not" }],
  },
] as const satisfies readonly CommandRow[];
