import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const THINGS = ["keys", "passkeys", "security keys", "authenticators", "models"];
const HAVING = ["people with", "users with", "everybody with", "everyone with"];
const SYNCED = ["synced passkeys", "a synced passkey", "synced keys"];
const BOUND = [
  "device-bound passkeys",
  "a device-bound passkey",
  "hardware keys",
  "security keys",
  "a security key",
];
const FIRMWARE = ["old firmware", "outdated firmware", "an old firmware"];
const PASSKEYS = ["passkeys", "passkeys turned", "passkeys switched", "fido2"];

/** Further ways in which people ask for what other rows speak of. */
export const LOOKING_COMMANDS = [
  {
    name: "keys-in-use",
    says: [
      "show all keys",
      ...each(["", "show", "show me", "list"], ["all", "all the"], THINGS),
      ...each(["what", "which"], THINGS, [
        "do people have",
        "do people use",
        "are people using",
        "do we have",
        "are out there",
      ]),
      ...each(
        ["what", "which"],
        ["brands", "vendors", "makers"],
        ["do we have", "do people use", "are in use"],
      ),
      ...each(
        ["how many"],
        ["keys", "security keys", "authenticators", "models"],
        ["are registered", "are in use", "do we have"],
      ),
      ...each(["what's", "whats"], ["in use"]),
      ...each(
        ["", "what is the", "what's the"],
        ["most common", "most used"],
        ["key", "model", "authenticator"],
      ),
      "key inventory",
    ],
    takes: "nothing",
    looks: true,
    topic: "models",
    help: [],
  },
  {
    // Models of one name are told apart by their firmware there.
    name: "keys-in-use",
    says: [
      "old firmware",
      ...each(["people on", "who is on", "who's on", "which keys are on", "who still is on"], FIRMWARE),
      ...each(["", "people with", "who has", "who uses", "who still has", "which keys have"], FIRMWARE),
      ...each(["", "which"], ["firmware", "firmware versions"], ["are in use", "in use", "do we have"]),
    ],
    written: "keys in use",
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "models",
    help: [],
  },
  {
    name: "who-uses",
    says: [
      "who has",
      ...each(
        ["who has", "who owns", "who uses", "who still has", "who still uses"],
        ["", "a", "an", "old", "the"],
      ),
      ...each(["", "list", "show", "show me"], HAVING, ["", "a", "an"]),
      ...each(["how many people", "how many users"], ["use", "have"], ["", "a", "an"]),
      ...each(["how many #"], ["do we have", "are there", "are in use"]),
    ],
    takes: "oneModel",
    looks: true,
    mayBeChat: true,
    topic: "models",
    help: [],
  },
  {
    name: "who-uses",
    says: [
      "synced passkeys in use",
      ...each(["who has", "who uses", "how many have", "how many use", "how many people have"], SYNCED),
      ...each(["", "list", "show", "show me"], HAVING, SYNCED),
    ],
    takes: "nothing",
    gives: { model: "synced passkeys" },
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "who-uses",
    says: [
      "device-bound passkeys in use",
      ...each(["who has", "who uses", "how many have", "how many use", "how many people have"], BOUND),
      ...each(["", "list", "show", "show me"], HAVING, BOUND),
    ],
    takes: "nothing",
    gives: { model: "device-bound passkeys" },
    looks: true,
    topic: "models",
    help: [],
  },
  {
    name: "history",
    says: [
      "what changed",
      ...each(
        ["what was", "what has been", "what's been"],
        ["changed"],
        ["", "lately", "recently", "this week"],
      ),
      ...each(["what changed"], ["lately", "recently", "this week", "today", "last week"]),
      ...each(["what happened"], ["this week", "lately", "recently", "today", "last week"]),
      ...each(["who"], ["changed", "touched", "edited"], ["the policy", "the settings", "it"], ["", "last"]),
      ...each(
        ["who"],
        ["turned", "switched"],
        ["passkeys on", "on passkeys", "passkeys off", "off passkeys"],
      ),
      ...each(["who"], ["made", "did"], ["the last change"]),
      ...each(["when", "since when"], ["were", "are", "was", "is"], PASSKEYS, [
        "on",
        "off",
        "enabled",
        "disabled",
      ]),
      ...each(
        ["when did"],
        ["we", "you"],
        ["switch passkeys on", "turn passkeys on", "enable passkeys", "turn on passkeys"],
      ),
      ...each(
        ["", "show", "show the"],
        ["last change", "last changes", "change log", "changelog", "changes"],
      ),
      ...each(
        ["", "show", "show me", "list", "give me"],
        ["last #", "the last #", "latest #", "the latest #"],
        ["plans", "changes"],
      ),
      ...each(["", "show the", "the"], ["audit log", "audit trail"]),
      ...each(
        ["give me", "show me"],
        ["something for the auditor", "everything for the auditor", "the audit log"],
      ),
      "export everything for the audit",
    ],
    takes: "count",
    looks: true,
    topic: "plans",
    help: [],
  },
  {
    name: "pending",
    says: [
      "show open plans",
      ...each(
        ["", "show", "show me", "list"],
        ["plans", "all plans", "my plans", "open requests", "open approvals", "my requests"],
      ),
      ...each(
        ["what is", "what's", "whats"],
        ["pending", "waiting", "open", "open right now", "waiting for me", "waiting for approval"],
      ),
      ...each(
        ["", "is"],
        ["anything"],
        ["waiting", "pending", "open", "to approve", "for me", "waiting for me"],
      ),
      ...each(["", "are there"], ["any"], ["open plans", "pending plans", "plans waiting", "open approvals"]),
      ...each(
        ["what do i", "what should i"],
        ["have to approve", "need to approve", "approve", "have to do", "need to do"],
      ),
    ],
    takes: "nothing",
    looks: true,
    topic: "plans",
    help: [],
  },
  {
    name: "scan",
    says: [
      "read the keys again",
      ...each(["rescan"], ["now", "again", "everyone", "the tenant"]),
      ...each(["refresh", "update"], ["the data", "the scan", "the numbers", "the inventory"]),
      ...each(["read"], ["the keys", "the passkeys"], ["", "again"]),
    ],
    takes: "nothing",
    gives: { full: false },
    topic: "models",
    help: [],
  },
] as const satisfies readonly CommandRow[];
