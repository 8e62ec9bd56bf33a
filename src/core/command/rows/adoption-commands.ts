import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const RATE = ["", "rate", "progress", "numbers", "report", "chart", "trend", "over time"];
const OF = ["of", "in", "for"];
const SINCE = ["", ...each(["since", "in the", "over the"], ["last week", "last month"])];
const ASKED = [
  "show",
  "show the",
  "what is the",
  "what is our",
  "what's the",
  "what's our",
  "how is the",
  "give me the",
];
const PEOPLE = ["people", "users", "of them", "members"];
const NONE = ["no passkey", "no passkeys", "not registered", "no passkey yet"];
const MISSING = ["without a passkey", "without passkeys", "with no passkey", "who have no passkey"];
const AS_FILE = ["as csv", "as a csv", "as a file", "as excel", "as a spreadsheet", "csv", "to csv"];
const SAVE = ["export", "download", "save"];

/** Commands about how many have a passkey, how it went, and who has none. */
export const ADOPTION_COMMANDS = [
  {
    name: "adoption",
    says: [
      "adoption",
      ...each(["", "passkey"], ["adoption"], RATE),
      ...each(ASKED, ["", "passkey"], ["adoption"], RATE),
      ...each(["rollout"], ["numbers", "rate", "trend", "chart", "over time"]),
      ...each(["how is", "how's"], ["adoption", "passkey adoption"], ["", "going", "doing", "coming along"]),
      ...each(
        ["how is", "how's", "how goes"],
        ["the"],
        ["adoption", "passkey adoption"],
        ["", "going", "doing"],
      ),
      ...each(["how has"], ["adoption", "passkey adoption"], ["changed", "developed", "gone"], SINCE),
      ...each(["how is", "how's"], ["adoption", "the adoption"], SINCE),
      ...each(["", "what is the", "what's the", "what's our", "show the"], ["passkey coverage", "coverage"]),
      ...each(
        ["how many percent", "what percentage", "what percentage of people"],
        ["have a passkey", "has a passkey"],
      ),
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [
      {
        usage: "adoption",
        what: "how many have a passkey, by kind, administrators apart, and since last week and last month",
      },
    ],
  },
  {
    name: "adoption",
    says: [
      "adoption of",
      ...each(["", "passkey", ...ASKED], ["adoption", "adoption rate"], OF),
      ...each(["how is", "how's", "how far is"], ["adoption", "the rollout"], OF),
      ...each(["how many"], PEOPLE, ["in #"], ["have"], ["a passkey", "passkeys"]),
      ...each(["how many in #"], ["have"], ["a passkey", "passkeys"]),
      ...each(["how far is #"], ["with passkeys", "with the rollout"]),
      "how far is group",
    ],
    takes: "groupName",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [{ usage: "adoption of Helpdesk", what: "the same of one group" }],
  },
  {
    name: "without-passkey",
    says: [
      "who has no passkey in",
      ...each(["who", "who still"], ["has", "have"], NONE, ["in", "of"]),
      ...each(["who"], ["in #", "of #"], ["has", "still has", "have"], ["no passkey", "no passkeys", "none"]),
      ...each(["list", "show", "show me"], ["people", "users", "members", "everybody"], MISSING, [
        "in",
        "of",
      ]),
      ...each(["people", "users", "members"], ["in #", "of #"], MISSING),
    ],
    takes: "groupName",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [{ usage: "who has no passkey in Helpdesk", what: "the same of one group" }],
  },
  {
    name: "people-list",
    says: [
      "export who has no passkey",
      ...each(["who has no passkey"], AS_FILE),
      ...each(SAVE, ["", "list of", "the list of"], ["people", "users", "everybody"], MISSING, [
        "",
        ...AS_FILE,
      ]),
      ...each(SAVE, ["who has no passkey"], ["", ...AS_FILE]),
      ...each(["the list of", "a list of", "list of", ""], ["people", "users"], MISSING, AS_FILE),
      ...each(["send me", "give me"], ["a csv of", "an excel of", "a file of"], ["who has no passkey"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [
      {
        usage: "export who has no passkey",
        what: "them as a CSV file, by a link that works for ten minutes",
      },
    ],
  },
  {
    name: "people-list",
    says: [
      "export who has no passkey in",
      ...each(["who has no passkey in #"], AS_FILE),
      ...each(SAVE, ["people", "users", "everybody"], MISSING, ["in", "of"]),
    ],
    takes: "groupName",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
