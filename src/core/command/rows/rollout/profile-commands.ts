import type { CommandRow } from "../../command-row.js";
import { each } from "../each.js";

const PROFILES = ["profiles", "passkey profiles"];
const KINDS = [
  ...["security key", "security keys", "hardware key", "hardware keys", "yubikey", "yubikeys"],
  ...["synced passkeys", "device-bound passkeys"],
];

const KEYS = [
  "fips keys",
  "fips yubikeys",
  "certified keys",
  "attested keys",
  "device-bound keys",
  "synced keys",
];

/** Commands about passkey profiles: what they are, who has which, and who gets one or loses it. */
export const PROFILE_COMMANDS = [
  {
    name: "profiles",
    says: [
      "profiles",
      ...each(["", "show", "show me", "list"], ["", "all", "the", "our"], PROFILES),
      ...each(["which", "what", "how many"], PROFILES, ["are there", "exist", "do we have", "are in use"]),
      ...each(["do we have", "are there", "have we got"], ["", "any"], PROFILES),
      ...each(["what", "which"], PROFILES, ["have we", "have we got"]),
      ...each(["", "list", "show"], ["our", "the"], PROFILES, ["with the groups", "and their groups"]),
      ...each(["who has", "who gets", "which group has", "which groups have"], ["which profile"]),
      ...each(["how do i get", "how do we get", "where do i get", "what are"], PROFILES),
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [{ usage: "profiles", what: "each passkey profile: kinds, attestation, list, and who has it" }],
  },
  {
    name: "profiles",
    says: [
      "show profile",
      ...each(["", "show", "show me"], ["the", "passkey", "the passkey"], ["profile"]),
      ...each(["who has", "who is in", "who uses", "which groups have"], ["", "the"], ["profile"]),
      ...each(["who has", "who is in", "which groups have", "show", "show me"], ["the # profile"]),
      ...each(["what is in", "what does"], ["", "the"], ["profile", "profile # allow"]),
    ],
    takes: "profileName",
    looks: true,
    topic: "policy",
    help: [],
  },
  {
    name: "profiles",
    says: [
      "which profile has",
      ...each(["which", "what"], PROFILES, ["does # have", "does # get", "does # use", "is # in"]),
      ...each(
        ["which", "what"],
        ["profile"],
        ["does # have", "does # get", "does # use", "is # in", "do # have"],
      ),
    ],
    takes: "groupName",
    looks: true,
    topic: "policy",
    help: [],
  },
  {
    name: "add-group",
    says: ["give", "grant"],
    takes: "groups",
    mayBeChat: true,
    bareProfile: true,
    needsProfile: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "enable",
    says: ["give everyone", ...each(["give", "grant"], ["all users", "everyone", "everybody"])],
    takes: "enableOptions",
    options: { targets: { kind: "all-users" } },
    mayBeChat: true,
    needsProfile: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "add-group",
    says: ["assign", "apply"],
    takes: "assignment",
    isSaidExactly: true,
    topic: "policy",
    help: [{ usage: "assign Executives to group Board", what: "propose to give a group a profile" }],
  },
  {
    name: "promote",
    says: [
      "assign # to all users",
      ...each(["assign", "apply", "give"], ["# to"], ["all users", "everyone", "everybody", "all"]),
    ],
    takes: "everybodysProfile",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "remove-group",
    says: ["unassign", "detach"],
    takes: "assignment",
    fromProfile: true,
    isSaidExactly: true,
    topic: "policy",
    help: [
      { usage: "unassign Executives from group Board", what: "propose to take it, and see whom that hurts" },
    ],
  },
  {
    name: "remove-group",
    says: ["take profile", ...each(["take", "remove"], ["", "the"], ["profile"])],
    takes: "assignment",
    fromProfile: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "profile-for",
    says: [
      "separate rules for",
      ...each(["separate", "different", "other", "stricter", "own"], ["rules", "settings", "keys"], ["for"]),
      ...each(["only", "just", "allow only", "only allow"], [...KINDS, ...KEYS], ["for"]),
      ...each(["give #"], [...KINDS, ...KEYS]),
      ...each(["# must", "# may only", "# should only", "# have to", "let #"], ["use"], ["", "a"], KINDS),
    ],
    takes: "anything",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
