import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const PASSKEYS = [
  ...["passkeys", "passkey", "passkey sign-in", "passkey authentication", "passkey login"],
  ...["fido2", "fido2 keys", "fido2 authentication", "passkeys (fido2)", "passkey (fido2)"],
];
const ENABLE = ["enable", "turn on", "switch on", "activate", "roll out", "re-enable", "deploy"];
const NOBODY_ELSE = ["and nobody else", "and no one else", "and for nobody else", "alone"];

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
