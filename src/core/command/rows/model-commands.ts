import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const THINGS = ["keys", "passkeys", "models", "authenticators"];
const HAVE = each(["people", "people already"], ["use", "have"]);
/** With a colon behind it where a list follows. */
const verbs = (...said: readonly string[]) => said.flatMap((verb) => [verb, `${verb}:`]);
/** To let models in and to keep them out, whichever list the policy has. */
export const ALLOW = [
  "allow",
  ...verbs("allow", "permit", "whitelist", "allowlist", "unblock", "unban").slice(1),
  ...each(["let"], ["people", "users", "everyone", "everybody"], ["use"]),
  ...each(["add # to"], ["the allow list", "the allowlist", "the whitelist"]),
  ...each(["put # on"], ["the allow list", "the allowlist"]),
  ...each(["remove # from", "take # off"], ["the block list", "the blocklist", "the blacklist"]),
] as const satisfies readonly [string, ...string[]];
export const REMOVE = [
  "remove",
  ...verbs("remove", "disallow", "block", "ban", "blacklist", "forbid", "delete").slice(1),
  ...each(["take # off"], ["", "the list", "the allow list", "the allowlist"]),
  ...["take off", "get rid of"],
  ...each(["no more #"], ["keys", "security keys"]),
  ...each(["add # to"], ["the block list", "the blocklist", "the blacklist"]),
] as const satisfies readonly [string, ...string[]];

/** Commands about the models people have, and the lists that let them in. */
export const MODEL_COMMANDS = [
  {
    name: "keys-in-use",
    says: [
      "keys in use",
      ...each(["", "show", "list"], THINGS, ["in use"]),
      ...each(["which"], THINGS, ["are in use"]),
      "what is in use",
      "inventory",
      "show inventory",
    ],
    takes: "nothing",
    looks: true,
    topic: "models",
    help: [{ usage: "keys in use", what: "which models people use, and how many people each" }],
    inTeamsMenu: { where: "everywhere", description: "Which models people use" },
  },
  {
    name: "models",
    says: [
      "models",
      ...each(["show", "list", "show me", "our", "the"], ["models"]),
      ...each(["", "show", "list"], ["key models", "security key models", "authenticator models"]),
      ...each(["model", "models"], ["overview", "report", "status"]),
      ...each(
        ["", "which", "list", "show"],
        ["models", "keys", "authenticators"],
        ["are warned of", "with warnings", "with a warning", "have warnings", "are revoked", "are insecure"],
      ),
      ...each(
        ["", "which", "list", "show"],
        ["models", "keys"],
        [
          ...["are unused", "does nobody use", "nobody uses", "are not used", "are on the list and unused"],
          ...["are not used by anyone", "are not in use", "has no one", "do we have with warnings"],
        ],
      ),
      ...each(["any", "are there", "are there any"], ["models", "keys"], ["nobody uses", "no one uses"]),
      ...each(["which"], ["allowed models", "models on the list"], ["are unused", "are not used"]),
      ...each(["", "which", "show", "list"], ["unused", "warned", "revoked"], ["models", "keys"]),
      ...each(
        ["what's new with", "anything new about", "any news about", "news about"],
        ["", "the"],
        ["models", "keys"],
      ),
      ...each(
        ["are any", "is any", "are any of", "do any"],
        ["of our keys", "our keys"],
        ["revoked", "compromised", "insecure", "have warnings"],
      ),
    ],
    takes: "nothing",
    looks: true,
    topic: "models",
    help: [{ usage: "models", what: "models in use, allowed ones without a user, and those with a warning" }],
  },
  {
    name: "who-uses",
    says: ["who uses", "who is using", "who's using"],
    takes: "oneModel",
    looks: true,
    topic: "models",
    help: [{ usage: "who uses YubiKey 5 NFC", what: "the people behind a model, by name or AAGUID" }],
  },
  {
    name: "what-is",
    says: ["what is", ...["what's", "tell me about", "what do you know about", "information on", "info on"]],
    takes: "oneModel",
    looks: true,
    topic: "models",
    help: [
      { usage: "what is YubiKey 5 NFC", what: "what is known of a model: maker, certification, warnings" },
    ],
  },
  {
    name: "allow",
    says: ALLOW,
    takes: "models",
    withKind: true,
    topic: "models",
    help: [
      {
        usage: "allow YubiKey 5 NFC",
        what: "propose to let models in: names or AAGUIDs, with commas; add: `in profile X`",
      },
      {
        usage: "allow iCloud with synced passkeys",
        what: "the same, and lets that kind into the profile; or `with device-bound passkeys`",
      },
    ],
    inTeamsMenu: { where: "everywhere", description: "Propose to let a model in, e.g. allow YubiKey 5 NFC" },
  },
  {
    // Of a model or of a group: which it is, the name says.
    name: "allow",
    says: ["add"],
    takes: "models",
    withKind: true,
    mayBeChat: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    // "put Helpdesk in profile Synced", and "put the Titan" there.
    name: "allow",
    says: ["put", "move"],
    takes: "models",
    mayBeChat: true,
    needsProfile: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    name: "remove",
    says: ["take"],
    takes: "models",
    fromProfile: true,
    mayBeChat: true,
    needsProfile: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    name: "allow-keys-in-use",
    says: [
      "allow keys in use",
      ...each(["allow"], ["", "all", "the"], THINGS, ["in use"]),
      ...each(["allow"], ["the keys", "the passkeys", "everything", "what"], HAVE),
    ],
    takes: "profile",
    topic: "models",
    help: [{ usage: "allow keys in use", what: "the same for every model in use" }],
  },
  {
    name: "remove",
    says: REMOVE,
    takes: "models",
    fromProfile: true,
    topic: "models",
    help: [{ usage: "remove YubiKey 5 NFC", what: "propose to keep models out, and see whom that cuts off" }],
    inTeamsMenu: {
      where: "everywhere",
      description: "Propose to keep a model out, e.g. remove YubiKey 5 NFC",
    },
  },
  {
    name: "scan",
    says: [
      "scan",
      "scan now",
      "rescan",
      "scan again",
      "start scan",
      "start a scan",
      "scan keys",
      "scan passkeys",
      "scan the tenant",
    ],
    takes: "nothing",
    gives: { full: false },
    topic: "models",
    help: [
      { usage: "scan", what: "read who has which passkeys; `scan all`: everybody, not only what changed" },
    ],
  },
  {
    name: "scan",
    says: [
      "full scan",
      ...each(["scan"], ["all", "everything", "everyone", "everybody", "in full"]),
      "rescan all",
      "rescan everything",
    ],
    takes: "nothing",
    gives: { full: true },
    topic: "models",
    help: [],
  },
] as const satisfies readonly CommandRow[];
