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
  {
    name: "add-group",
    says: ["add group", "add groups", "add the group", "add the groups"],
    takes: "groups",
    topic: "passkeys",
    help: [
      {
        usage: "add group Helpdesk",
        what: "propose to add a group to those passkeys are for; add: `in profile X`",
      },
    ],
  },
  {
    name: "add-group",
    says: [
      "add group",
      ...[
        "add the # group",
        "add # group",
        "add # to passkeys",
        "add # to the rollout",
        "add # to the pilot",
      ],
      ...each(["give", "get", "bring"], ["# passkeys"], ["", "too"]),
      ...each(["let"], ["#"], ["use passkeys", "have passkeys"], ["", "too"]),
      ...each(
        ["#"],
        ["should", "must", "can"],
        ["get", "have", "use", "be able to use"],
        ["passkeys"],
        ["", "too"],
      ),
      ...each(["make sure"], ["#"], ["can use", "gets", "get", "has", "have"], ["passkeys"]),
      ...each(["extend", "expand", "widen"], ["", "passkeys", "the rollout", "it"], ["to"]),
      ...each(["bring"], ["# on board", "on board"]),
      ...["onboard", "include # in the rollout", "roll it out to", "roll out to"],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "remove-group",
    says: ["remove group", "remove groups", "remove the group", "remove the groups"],
    takes: "groups",
    fromProfile: true,
    topic: "passkeys",
    help: [{ usage: "remove group Helpdesk", what: "propose to take it away, and see whom that cuts off" }],
  },
  {
    name: "remove-group",
    says: [
      "remove group",
      ...["remove the # group", "remove # group", "take passkeys away from", "take passkeys from"],
      ...each(["remove", "pull", "revoke", "withdraw"], ["passkeys from"]),
      ...["take # out of the rollout", "remove # from passkeys"],
    ],
    takes: "groups",
    fromProfile: true,
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "exclude-group",
    says: ["exclude group", "exclude groups", "exclude the group", "exclude the groups"],
    takes: "groups",
    topic: "passkeys",
    help: [
      {
        usage: "exclude group Contractors",
        what: "propose that its people may use no passkey, whatever else they are in",
      },
    ],
  },
  {
    name: "exclude-group",
    says: [
      "exclude",
      ...each(["everyone", "everybody", "all users", "all"], ["but", "except"]),
      ...["no passkeys for", "keep # out", "leave # out", "exempt"],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "include-group",
    says: [
      "include group",
      ...each(["include"], ["group", "groups", "the group", "the groups"], ["", "# again"]),
    ],
    takes: "groups",
    topic: "passkeys",
    help: [{ usage: "include group Contractors again", what: "propose to exclude it no longer" }],
  },
  {
    name: "include-group",
    says: [
      "include group",
      ...["include # again", "include the # group again", "stop excluding", "un-exclude", "unexclude"],
      ...[
        "no longer exclude",
        "do not exclude # any more",
        "remove the exclusion of",
        "end the exclusion of",
      ],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
] as const satisfies readonly CommandRow[];
