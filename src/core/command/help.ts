/** One command in the help. */
export interface HelpLine {
  readonly usage: string;
  readonly what: string;
}

/** Every command, as a person would type it. Shown by `help`. */
export const HELP: readonly HelpLine[] = [
  { usage: "enable passkeys", what: "propose to turn passkeys on; a second admin approves" },
  {
    usage: "enable passkeys for group Pilot",
    what: "the same for one group, or several: for groups Pilot, Helpdesk",
  },
  {
    usage: "enable passkeys with attestation",
    what: "only authenticators that prove their model may register",
  },
  { usage: "enable passkeys ios only", what: "add Microsoft Authenticator for iOS only (or: android only)" },
  { usage: "enable passkeys unrestricted", what: "any authenticator, no list" },
  { usage: "enable passkeys with allow list", what: "turn a block list into an allow list" },
  { usage: "enable passkeys in profile Default", what: "change that passkey profile" },
  { usage: "disable passkeys", what: "propose to turn passkeys off" },
  { usage: "keys in use", what: "which models people use, and how many people each" },
  { usage: "who uses YubiKey 5 NFC", what: "the people behind a model, by name or AAGUID" },
  { usage: "what is YubiKey 5 NFC", what: "what is known of a model: maker, certification, warnings" },
  {
    usage: "allow YubiKey 5 NFC",
    what: "propose to let models in: names or AAGUIDs, with commas; add: in profile X",
  },
  { usage: "allow keys in use", what: "the same for every model in use" },
  { usage: "remove YubiKey 5 NFC", what: "propose to keep models out, and see whom that cuts off" },
  { usage: "scan", what: "read who has which passkeys; scan all: everybody, not only what changed" },
  { usage: "drift", what: "whether the policy is as it was last applied or accepted; drift 3: that one" },
  { usage: "put back drift 3", what: "propose to take back what drift 3 changed, and nothing else" },
  { usage: "show policy", what: "today's passkey policy" },
  { usage: "pending", what: "plans that wait for a decision" },
  { usage: "show 12", what: "plan #12 as it stands" },
  { usage: "cancel 12", what: "take plan #12 back" },
  { usage: "undo 12", what: "propose to take back what plan #12 changed, and nothing else" },
  { usage: "history", what: "the last plans and what became of them; history 20: more of them" },
  { usage: "evidence 12", what: "everything about plan #12 in one file, for an auditor" },
  { usage: "approvals here", what: "post plans for approval in this conversation" },
  { usage: "help", what: "this list" },
];
