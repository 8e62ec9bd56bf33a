import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const PASSKEYS = ["passkeys", "passkey", "fido2", "fido2 keys", "passkey sign-in", "passkeys (fido2)"];

/** Commands about who may use passkeys at all. */
export const PASSKEY_COMMANDS = [
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
] as const satisfies readonly CommandRow[];
