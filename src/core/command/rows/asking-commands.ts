import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const SAFE = ["safe", "ok", "okay", "wise", "dangerous", "risky", "a good idea", "a bad idea"];
const HARM = [
  ...each(
    ["hurt", "affect", "lock out", "cut off", "break"],
    ["anyone", "anybody", "people", "users", "anything"],
  ),
  ...each(["lock", "cut"], ["anyone out", "anybody out", "people out", "anyone off", "anybody off"]),
  ...each(["do any harm", "do harm", "cause trouble", "cause problems", "break something"]),
];
const IMPACT = ["the impact of", "the effect of", "the consequences of"];

/** Questions: what would come of a change, and what the words mean. */
export const ASKING_COMMANDS = [
  {
    name: "what-if",
    says: ["what would happen if", "what happens if", "what would break if", "who would lose sign-in if"],
    takes: "change",
    looks: true,
    asksAboutRest: true,
    topic: "policy",
    help: [
      {
        usage: "what would happen if I remove YubiKey 5 NFC",
        what: "who would lose sign-in, without proposing it; so with every change",
      },
    ],
  },
  {
    name: "what-if",
    says: [
      "what if",
      ...["what-if", "preview", "simulate", "dry run", "dry-run", "impact of", "show impact of"],
      ...each(["should", "shall"], ["i", "we"], ["", "really"]),
      ...each(["can", "could", "may"], ["i", "we"], ["", "safely"]),
      ...each(["does", "would", "will", "could", "can"], ["#"], HARM),
      ...each(["do"], ["i", "we"], ["need to", "have to"]),
      ...each(["is it", "would it be"], SAFE, ["to", "if"]),
      ...each(["what is", "what's", "what would be", "show", "show me"], IMPACT),
      ...each(["what would", "what will", "what does"], ["# do", "# mean", "# change", "# break"]),
    ],
    takes: "change",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "what-if",
    says: ["what", "who", "which", "how", "would", "will", "could", "can", "does", "do", "is", "are"],
    takes: "change",
    looks: true,
    isSaidExactly: true,
    condition: "behind",
    topic: "policy",
    help: [],
  },
  {
    name: "what-if",
    says: ["if", "when"],
    takes: "change",
    looks: true,
    isSaidExactly: true,
    condition: "before",
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
