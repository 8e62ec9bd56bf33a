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
    says: ["add group", "add the # group", "add # group"],
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
    says: ["remove group", "remove the # group", "remove # group"],
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
    says: ["exclude"],
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
    says: ["include group", "include # again", "include the # group again"],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
] as const satisfies readonly CommandRow[];
