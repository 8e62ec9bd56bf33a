import type { CommandRow } from "../../command-row.js";
import { each } from "../each.js";
import { ALLOW, REMOVE } from "../model-commands.js";

const PROFILE = ["profile", "passkey profile"];
const PROFILES = ["profiles", "passkey profiles"];
const ONLY = ["only", "only allow", "allow only", "allow just", "only admit", "admit only"] as const;

/** Commands that make, name, change and delete passkey profiles, and begin with them. */
export const MAKING_COMMANDS = [
  {
    name: "create-profile",
    says: [
      "create profile",
      ...each(
        ["create", "make", "add", "set up", "propose"],
        ["", "a", "a new", "another", "the", "one more", "a further"],
        PROFILE,
      ),
      ...each(["", "a", "we need a", "i need a", "i want a"], ["new"], PROFILE),
      ...each(["we need a", "i need a", "i want a"], PROFILE),
    ],
    takes: "newProfile",
    topic: "policy",
    help: [
      {
        usage: "create profile Executives device-bound with attestation allowing YubiKey 5 NFC",
        what: "propose a further profile: kinds, attestation, list; no group has it yet",
      },
    ],
  },
  {
    name: "create-profile",
    says: [
      "create the # profile",
      ...each(["create", "make", "set up"], ["the #", "a #", "an #", "a new #", "another #"], PROFILE),
    ],
    takes: "newProfile",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "rename-profile",
    says: ["rename profile", ...each(["rename"], ["the", "passkey", "the passkey"], ["profile"])],
    takes: "renaming",
    topic: "policy",
    help: [{ usage: "rename profile Executives to Board", what: "propose another name for it" }],
  },
  {
    name: "rename-profile",
    says: ["rename", ...each(["change"], ["the name of", "name of"], ["", "the"], ["profile"])],
    takes: "renaming",
    isSaidExactly: true,
    mayBeChat: true,
    topic: "policy",
    help: [],
  },
  {
    name: "delete-profile",
    says: ["delete profile", ...each(["delete", "drop", "remove", "get rid of"], ["", "the"], PROFILE)],
    takes: "profileName",
    topic: "policy",
    help: [{ usage: "delete profile Executives", what: "propose to delete one that no group has any more" }],
  },
  {
    name: "delete-profile",
    says: [
      "delete the # profile",
      ...each(["delete", "drop", "remove", "get rid of"], ["the #", "#"], PROFILE),
    ],
    takes: "profileName",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "admit-kind",
    says: ALLOW,
    takes: "kind",
    topic: "policy",
    help: [
      {
        usage: "allow synced passkeys in profile Staff",
        what: "propose that a profile admits a kind: synced, or device-bound",
      },
    ],
  },
  {
    name: "admit-kind",
    says: ["admit", "let in", "accept", "enable", "turn on", "also allow", "allow also"],
    takes: "kind",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "refuse-kind",
    says: REMOVE,
    takes: "kind",
    topic: "policy",
    help: [
      {
        usage: "disallow synced passkeys in profile Staff",
        what: "propose the opposite, and see whom it hurts",
      },
    ],
  },
  {
    name: "refuse-kind",
    says: ["no longer allow", "stop allowing", "refuse", "disable", "turn off", "no", "no more"],
    takes: "kind",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "refuse-kind",
    says: ["only allow", ...ONLY],
    takes: "otherKind",
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "use-profiles",
    says: [
      "opt in to passkey profiles",
      ...each(["", "please"], ["opt in to", "opt into", "opt-in to"], PROFILES),
      ...each(["propose"], ["", "the"], ["opt-in", "move", "migration"], ["to"], PROFILES),
    ],
    takes: "nothing",
    topic: "policy",
    help: [
      { usage: "opt in to passkey profiles", what: "where there are none: propose it; it cannot be undone" },
    ],
  },
  {
    name: "about-profiles",
    says: [
      "migrate to passkey profiles",
      ...each(
        ["migrate", "migrate us", "move", "move us", "switch", "switch us", "change"],
        ["to"],
        PROFILES,
      ),
      ...each(["use", "start using", "enable", "turn on", "activate"], PROFILES),
      ...each(
        ["what does", "what would"],
        ["opting in", "opting in to profiles", "the move to profiles"],
        ["mean", "do"],
      ),
    ],
    takes: "anything",
    looks: true,
    topic: "policy",
    help: [],
  },
  {
    name: "compare-profiles",
    says: [
      "compare profiles",
      ...each(["compare"], ["", "the", "our", "all"], PROFILES),
      ...each(["how do", "in what do"], ["profiles", "the profiles", "our profiles"], ["differ"]),
    ],
    takes: "compared",
    looks: true,
    topic: "policy",
    help: [{ usage: "compare profiles", what: "in what they differ, side by side" }],
  },
  {
    name: "compare-profiles",
    says: [
      "compare",
      ...each(
        ["", "show", "show me", "what is", "what's"],
        ["difference between", "the difference between", "the differences between"],
      ),
    ],
    takes: "compared",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
