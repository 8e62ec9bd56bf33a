import type { CommandRow } from "./command-row.js";

const PASSKEYS = ["passkeys", "passkey", "fido2", "fido2 keys", "passkey sign-in", "passkeys (fido2)"];
const THINGS = ["keys", "passkeys", "models", "authenticators"];

/**
 * Every command: what is said, what it means, what the help, Teams' menu and README say of it. A new one is a row
 * here and an answer in `teams/answers/commands`.
 */
export const COMMANDS = [
  {
    name: "enable",
    says: [
      "enable passkeys",
      ...each(["enable", "turn on", "switch on", "activate", "roll out"], PASSKEYS),
      "turn passkeys on",
      "switch passkeys on",
    ],
    takes: "enableOptions",
    topic: "passkeys",
    help: [
      { usage: "enable passkeys", what: "propose to turn passkeys on; a second admin approves" },
      {
        usage: "enable passkeys for group Pilot",
        what: "the same for one group, or several: `for groups Pilot, Helpdesk`",
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
    name: "disable",
    says: [
      "disable passkeys",
      ...each(["disable", "turn off", "switch off", "deactivate"], PASSKEYS),
      "turn passkeys off",
      "switch passkeys off",
    ],
    takes: "nothing",
    asksAboutRest: true,
    topic: "passkeys",
    help: [{ usage: "disable passkeys", what: "propose to turn passkeys off" }],
    inTeamsMenu: { where: "everywhere", description: "Propose to turn passkeys off" },
  },
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
    topic: "models",
    help: [{ usage: "keys in use", what: "which models people use, and how many people each" }],
    inTeamsMenu: { where: "everywhere", description: "Which models people use" },
  },
  {
    name: "who-uses",
    says: ["who uses", "who is using", "who's using"],
    takes: "oneModel",
    topic: "models",
    help: [{ usage: "who uses YubiKey 5 NFC", what: "the people behind a model, by name or AAGUID" }],
    inTeamsMenu: { where: "personal", description: "The people behind a model, e.g. who uses YubiKey 5 NFC" },
  },
  {
    name: "what-is",
    says: ["what is", "what's"],
    takes: "oneModel",
    topic: "models",
    help: [
      { usage: "what is YubiKey 5 NFC", what: "what is known of a model: maker, certification, warnings" },
    ],
  },
  {
    name: "allow",
    says: ["allow"],
    takes: "models",
    topic: "models",
    help: [
      {
        usage: "allow YubiKey 5 NFC",
        what: "propose to let models in: names or AAGUIDs, with commas; add: `in profile X`",
      },
    ],
    inTeamsMenu: { where: "everywhere", description: "Propose to let a model in, e.g. allow YubiKey 5 NFC" },
  },
  {
    name: "allow-keys-in-use",
    says: ["allow keys in use", ...each(["allow"], ["", "all", "the"], THINGS, ["in use"])],
    takes: "profile",
    topic: "models",
    help: [{ usage: "allow keys in use", what: "the same for every model in use" }],
  },
  {
    name: "remove",
    says: ["remove", "disallow"],
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
    topic: "policy",
    help: [{ usage: "show policy", what: "today's passkey policy" }],
    inTeamsMenu: { where: "everywhere", description: "Today's passkey policy" },
  },
  {
    name: "pending",
    says: ["pending", "pending plans", "show pending", "show pending plans", "open plans", "list plans"],
    takes: "nothing",
    topic: "plans",
    help: [{ usage: "pending", what: "plans that wait for a decision" }],
    inTeamsMenu: { where: "everywhere", description: "Plans that wait for a decision" },
  },
  {
    name: "show",
    says: ["show", "view", "plan #", "#"],
    takes: "planNumber",
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "show 12", what: "plan #12 as it stands" }],
  },
  {
    name: "cancel",
    says: ["cancel", "withdraw"],
    takes: "planNumber",
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "cancel 12", what: "take plan #12 back" }],
  },
  {
    name: "undo",
    says: ["undo", "revert", "roll back", "rollback"],
    takes: "planNumber",
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "undo 12", what: "propose to take back what plan #12 changed, and nothing else" }],
  },
  { name: "approve", says: ["approve"], takes: "button", topic: "plans", help: [] },
  { name: "reject", says: ["reject", "decline"], takes: "button", topic: "plans", help: [] },
  {
    name: "history",
    says: ["history", "show history", "view history", "show the history", "plan history", "past plans"],
    takes: "count",
    topic: "plans",
    help: [{ usage: "history", what: "the last plans and what became of them; `history 20`: more of them" }],
    inTeamsMenu: { where: "personal", description: "The last plans and what became of them" },
  },
  {
    name: "evidence",
    says: [
      "evidence",
      ...each(["", "show", "give", "give me"], ["", "the"], ["evidence"], ["", "for", "of"]),
    ],
    takes: "planNumber",
    topic: "plans",
    help: [{ usage: "evidence 12", what: "everything about plan #12 in one file, for an auditor" }],
  },
  {
    name: "approvals-here",
    says: ["approvals here", "post approvals here", "send approvals here", "approval room here"],
    takes: "nothing",
    topic: "bot",
    help: [{ usage: "approvals here", what: "post plans for approval in this conversation" }],
    inTeamsMenu: { where: "shared", description: "Post plans for approval in this conversation" },
  },
  {
    name: "help",
    says: ["help", "?", "commands", "show help", "show commands"],
    takes: "nothing",
    topic: "bot",
    help: [{ usage: "help", what: "this list" }],
    inTeamsMenu: { where: "everywhere", description: "Every command" },
  },
] as const satisfies readonly CommandRow[];

/** One of each list, one after the other: every way there is. */
function each(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>(
    (said, list) => said.flatMap((start) => list.map((word) => `${start} ${word}`.trim())),
    [""],
  );
}
