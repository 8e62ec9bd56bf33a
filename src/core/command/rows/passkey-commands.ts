import type { CommandRow } from "../command-row.js";
import type { EnableOptions } from "../enabling/enable-options.js";
import { each } from "./each.js";

const PASSKEYS = [
  ...["passkeys", "passkey", "passkey sign-in", "passkey authentication", "passkey login"],
  ...["fido2", "fido2 keys", "fido2 authentication", "passkeys (fido2)", "passkey (fido2)"],
];
const ENABLE = ["enable", "turn on", "switch on", "activate", "roll out", "re-enable", "deploy"];
const GIVE = ["give", "bring", "hand", "hand out", "offer", "provide", "introduce", "push", "extend"];
const START = ["start", "begin", "kick off", "launch"];
const PILOTS = ["pilot", "rollout", "passkey pilot", "passkey rollout"];
const NOBODY_ELSE = ["and nobody else", "and no one else", "and for nobody else", "alone"];

const AS_FITS: EnableOptions = { restriction: "as-fits", authenticators: ["ios", "android"] };
const FOR_ALL: EnableOptions = { ...AS_FITS, targets: { kind: "all-users" } };
const ALL = ["all users", "everyone", "everybody", "all", "all staff", "the whole company"];
const ATTESTATION = ["attestation", "attestation enforcement", "the attestation requirement"];

/** Commands about who may use passkeys at all. */
export const PASSKEY_COMMANDS = [
  {
    name: "enable",
    says: [
      "enable passkeys",
      ...each(ENABLE, PASSKEYS),
      ...each(["roll"], PASSKEYS, ["out"]),
      ...["turn passkeys on", "switch passkeys on"],
    ],
    takes: "enableOptions",
    topic: "passkeys",
    help: [
      { usage: "enable passkeys", what: "propose to turn passkeys on; a second admin approves" },
      {
        usage: "enable passkeys for group Pilot",
        what: "the same for a group; while passkeys are on, in addition to those who have them; several: `for groups Pilot, Helpdesk`",
      },
      {
        usage: "enable passkeys only for group Pilot",
        what: "for that group and for nobody else, and see whom that cuts off",
      },
      {
        usage: "enable passkeys with attestation",
        what: "only authenticators that prove their model may register (or: `without attestation`)",
      },
      {
        usage: "enable passkeys ios only",
        what: "add Microsoft Authenticator for iOS only (or: `android only`)",
      },
      { usage: "enable passkeys unrestricted", what: "any authenticator, no list" },
      { usage: "enable passkeys with allow list", what: "turn a block list into an allow list" },
      { usage: "enable passkeys in profile Default", what: "change that passkey profile" },
    ],
    inTeamsMenu: { where: "everywhere", description: "Propose to turn passkeys on" },
  },
  {
    name: "enable",
    written: "enable passkeys for all users",
    isSaidExactly: true,
    says: [
      "go live",
      ...each(
        ["promote", "widen", "extend", "expand"],
        ["", "pilot", "the pilot", "from pilot"],
        ["to"],
        ALL,
      ),
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
    isOnly: true,
    says: [
      "only enable passkeys",
      ...each(["only", "just"], ENABLE, PASSKEYS),
      ...each(["", ...ENABLE], ["passkeys #"], NOBODY_ELSE),
      ...each(["limit", "restrict"], ["passkeys", "passkey sign-in", "the rollout"]),
      ...["passkeys only", "passkeys just"],
    ],
    takes: "enableOptions",
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
  {
    name: "enable",
    written: "enable passkeys with attestation",
    isSaidExactly: true,
    options: { attestation: "enforced" },
    says: [
      "enforce attestation",
      ...each(["enforce", "require", "enable", "turn on", "switch on"], ATTESTATION),
      ...each(["turn attestation on", "make attestation mandatory", "only accept attested keys"]),
    ],
    takes: "enableOptions",
    topic: "passkeys",
    help: [],
  },
  {
    name: "enable",
    written: "enable passkeys without attestation",
    isSaidExactly: true,
    options: { attestation: "not-enforced" },
    says: [
      "stop enforcing attestation",
      ...each(["disable", "turn off", "switch off", "drop", "stop enforcing", "stop requiring"], ATTESTATION),
      ...each(
        ["do not", "don't", "no longer"],
        ["require", "enforce"],
        ["attestation"],
        ["", "any more", "anymore"],
      ),
      ...["turn attestation off", "no attestation needed", "drop the attestation requirement"],
    ],
    takes: "enableOptions",
    topic: "passkeys",
    help: [],
  },
  {
    name: "disable",
    says: [
      "disable passkeys",
      ...each(["disable", "turn off", "switch off", "deactivate", "shut off", "kill", "stop"], PASSKEYS),
      "turn passkeys off",
      "switch passkeys off",
      ...each(
        ["disable", "turn off", "switch off"],
        ["passkeys"],
        ["for"],
        ["everyone", "everybody", "all", "all users"],
      ),
    ],
    takes: "everybody",
    topic: "passkeys",
    help: [{ usage: "disable passkeys", what: "propose to turn passkeys off" }],
    inTeamsMenu: { where: "everywhere", description: "Propose to turn passkeys off" },
  },
] as const satisfies readonly CommandRow[];
