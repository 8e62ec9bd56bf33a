import type { CommandRow } from "../../command-row.js";
import type { EnableOptions } from "../../enabling/enable-options.js";
import { each } from "../each.js";

const AS_FITS: EnableOptions = { restriction: "as-fits", authenticators: ["ios", "android"] };
const GIVE = ["give", "bring", "hand", "hand out", "offer", "provide", "introduce", "push", "extend"];
const START = ["start", "begin", "kick off", "launch"];
const PILOTS = ["pilot", "rollout", "passkey pilot", "passkey rollout"];
const FOR_ALL: EnableOptions = { ...AS_FITS, targets: { kind: "all-users" } };
const ALL = ["all users", "everyone", "everybody", "all", "all staff", "the whole company"];

/** Ways to ask for passkeys that do not say "enable": the rollout begins, goes on, or reaches everybody. */
export const ROLLOUT_COMMANDS = [
  {
    name: "promote",
    says: ["promote pilot", "promote the pilot"],
    takes: "promotion",
    asksAboutRest: true,
    topic: "passkeys",
    help: [
      {
        usage: "promote pilot to all users",
        what: "propose what the pilot has for more people, and nothing else; or `to Finance`",
      },
    ],
  },
  {
    name: "promote",
    says: [
      "promote",
      ...each(["widen", "extend", "expand"], ["the pilot", "pilot", "from pilot", "from the pilot"]),
      ...each(["roll", "bring", "take"], ["pilot", "the pilot"], ["out", ""]),
    ],
    takes: "promotion",
    mayBeChat: true,
    isSaidExactly: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "enable",
    written: "enable passkeys for all users",
    isSaidExactly: true,
    says: [
      "go live",
      ...each(["go live"], ["for", "with"], ALL),
      ...each(["passkeys"], ["for"], ALL),
      ...each(
        ["get", "we get", "could we get", "can we get", "let's have", "give"],
        ["passkeys"],
        ["for"],
        ALL,
      ),
      ...each(["give"], ALL, ["passkeys"]),
      ...each(GIVE, ["passkeys to"], ALL),
      ...each(["get", "bring", "move", "switch"], ALL, ["onto passkeys", "to passkeys", "on passkeys"]),
    ],
    takes: "nothing",
    gives: { options: FOR_ALL },
    topic: "passkeys",
    help: [],
  },
  {
    name: "enable",
    isSaidExactly: true,
    isForGroups: true,
    mayBeChat: true,
    written: "enable passkeys for",
    says: [
      ...(["start with"] as const),
      ...["begin with", "kick off with"],
      ...each(START, ["", "the", "a", "our"], PILOTS, ["with", "for"]),
      ...each(["run", "do"], ["the", "a", "our"], PILOTS, ["with"]),
      ...each(START, ["passkeys"], ["with", "for"]),
      ...each(GIVE, ["passkeys to"]),
      ...each(["provide", "equip", "supply"], ["# with passkeys"]),
      ...each(["get", "bring", "move", "switch"], ["# onto passkeys", "# on passkeys", "# to passkeys"]),
      ...each(["get"], ["# going", "# started"], ["with passkeys"]),
    ],
    takes: "enableOptions",
    topic: "passkeys",
    help: [],
  },
  {
    name: "enable",
    says: [
      "enable passkeys",
      ...each(
        ["start", "begin", "kick off", "launch"],
        ["", "the"],
        ["passkey rollout", "rollout", "roll-out"],
      ),
      ...[
        "passkeys on",
        "go passwordless",
        "enable passwordless",
        "get passkeys going",
        "get passkeys started",
      ],
    ],
    takes: "nothing",
    gives: { options: AS_FITS },
    topic: "passkeys",
    help: [],
  },
] as const satisfies readonly CommandRow[];
