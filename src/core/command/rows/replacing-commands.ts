import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const EVERYTHING = ["everything", "all", "all keys", "all models"];
const BUT = ["but", "except", "other than", "apart from"];

const IF_WE = ["what if we", "what happens if we", "what would happen if we", "can we", "should we"];

/** What takes more than one change, or one that has to be thought over: each is offered, and made when it is said. */
export const REPLACING_COMMANDS = [
  {
    name: "exchange",
    says: [
      "move passkeys from",
      ...each(
        ["move", "switch", "transfer", "shift"],
        ["passkeys", "passkey sign-in", "the rollout"],
        ["from"],
      ),
      ...["replace", "swap", "exchange"],
    ],
    takes: "exchange",
    looks: true,
    isSaidExactly: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "only-models",
    says: [
      "only allow",
      ...["allow only", "allow just", "just allow", "allow nothing but", "allow no keys but"],
      ...each(IF_WE, ["only allow", "allow only"]),
      ...each(["remove", "block", "ban", "disallow", "forbid"], EVERYTHING, BUT),
    ],
    takes: "oneModel",
    looks: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    name: "only-models",
    says: [
      "only",
      "# only",
      "just",
      "nothing but",
      ...each(["allow", "permit", "use", "let in"], ["# only"]),
    ],
    takes: "keyModel",
    looks: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
] as const satisfies readonly CommandRow[];
