import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const POLICIES = ["policy", "passkey policy", "current policy", "current passkey policy"];
const PASSKEYS = ["passkeys", "passkey", "fido2"];

/** Commands about the policy as it stands, and what changed outside. */
export const POLICY_COMMANDS = [
  {
    name: "drift",
    says: [
      "drift",
      "show drift",
      "check drift",
      "check for drift",
      "check the drift",
      "any drift",
      "is there drift",
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [
      {
        usage: "drift",
        what: "whether the policy is as it was last applied or accepted; `drift 3`: that one",
      },
    ],
    inTeamsMenu: { where: "shared", description: "Whether the policy was changed outside Latchkey" },
  },
  {
    name: "show-drift",
    says: ["drift", "show drift", "view drift"],
    takes: "driftNumber",
    looks: true,
    topic: "policy",
    help: [],
  },
  {
    name: "put-back",
    says: ["put back drift", "put drift # back"],
    takes: "driftNumber",
    topic: "policy",
    help: [
      { usage: "put back drift 3", what: "propose to take back what drift 3 changed, and nothing else" },
    ],
  },
  {
    name: "show-policy",
    says: [
      "show policy",
      "policy",
      ...each(["show", "show me", "current", "what is", "what's", "view"], ["", "the", "our"], POLICIES),
      ...each(["what", "which"], ["does"], ["the", "our"], POLICIES, ["look like", "say"]),
      ...each(["", "show", "show the", "what are the", "what are our"], ["settings", "passkey settings"]),
      ...each(
        ["is", "are"],
        PASSKEYS,
        ["", "turned", "switched"],
        ["on", "on or off", "enabled", "off", "disabled"],
      ),
      ...each(["is", "are"], PASSKEYS, ["on or off right now", "enabled for everyone", "on for everyone"]),
      ...each(["how is", "how are"], [...PASSKEYS, "it"], ["configured", "set up"]),
      ...each(
        ["who", "which groups", "which users", "which people"],
        ["can", "may"],
        ["use", "register", "set up"],
        PASSKEYS,
      ),
      ...each(["who", "which groups", "which users"], ["is", "are"], PASSKEYS, [
        "on for",
        "enabled for",
        "for",
      ]),
      ...each(["which groups"], ["have", "get", "use"], PASSKEYS),
      ...each(
        ["what is", "what's", "what are", "which models are", "which keys are", "which authenticators are"],
        ["allowed"],
      ),
      ...each(
        ["who is", "who's", "which groups are", "is anybody", "is anyone"],
        ["excluded", "excluded from passkeys"],
      ),
      ...each(["", "list", "show"], ["exclusions", "excluded groups"]),
      "who is it on for",
      "is everyone covered",
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [{ usage: "show policy", what: "today's passkey policy" }],
    inTeamsMenu: { where: "everywhere", description: "Today's passkey policy" },
  },
] as const satisfies readonly CommandRow[];
