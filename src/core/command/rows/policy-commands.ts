import type { CommandRow } from "../command-row.js";

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
      "show the policy",
      "show passkey policy",
      "current policy",
      "show current policy",
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [{ usage: "show policy", what: "today's passkey policy" }],
    inTeamsMenu: { where: "everywhere", description: "Today's passkey policy" },
  },
] as const satisfies readonly CommandRow[];
