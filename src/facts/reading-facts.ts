import type { KnownFact } from "./known-fact.js";

/** About what is read beside the policy: the registration report, authentication strengths, the audit log. */
export const READING_FACTS = {
  reportTop: {
    question: "What does the registration report do with `$top`?",
    readings: { honoured: "as told", ignored: "it ignores it", refused: "it refuses it" },
    value: "honoured",
    standing: "assumed",
    source: "the metadata says it is supported, the documentation does not mention it",
    date: "2026-07-31",
  },
  reportOr: {
    question: "Does the registration report take a `$filter` with `or`?",
    readings: { accepted: "yes", refused: "no" },
    value: "accepted",
    standing: "assumed",
    source: "none",
    date: "2026-11-22",
  },
  strengthsInline: {
    question: "Does a list of authentication strengths have their lists of models in it?",
    readings: { yes: "yes", no: "no, each has to be asked for" },
    value: "yes",
    standing: "seen",
    source: "Graph's examples show it, and no text says it",
    date: "2026-11-22",
  },
  passkeyActivities: {
    question: "What does the Device Registration Service call a passkey that came?",
    readings: {
      "by-kind": "Add Passkey (device-bound), Add Passkey (synced)",
      "passkey-security-key": "Add Passkey (device-bound) security key",
      "fido2-security-key": "Add FIDO2 security key",
    },
    value: "by-kind",
    standing: "seen",
    source: "a query in a Microsoft blog",
    date: "2026-11-22",
  },
  passkeyEntriesName: {
    question: "How does that entry say whose passkey it is?",
    readings: { address: "by the sign-in name, without an id", id: "by the object id" },
    value: "address",
    standing: "seen",
    source: "a query in a Microsoft blog",
    date: "2026-11-22",
  },
  auditsNeedLicence: {
    question: "May a tenant without P1 or P2 read its directory audit log?",
    readings: { no: "no, it is refused", yes: "yes" },
    value: "yes",
    standing: "assumed",
    source: "retention of 7 days without a licence is documented, a right to read is not",
    date: "2026-11-22",
  },
  auditNames: {
    question: "Whom does the audit log name for a policy that was written in a person's name?",
    readings: { person: "the person", app: "the app" },
    value: "person",
    standing: "assumed",
    source: "none",
    date: "2026-11-22",
  },
  auditDetail: {
    question: "Does its entry hold what changed, or the whole policy?",
    readings: { changed: "what changed", whole: "the whole policy" },
    value: "changed",
    standing: "documented",
    source: "https://learn.microsoft.com/entra/fundamentals/whats-new",
    date: "2026-04-30",
  },
} as const satisfies Record<string, KnownFact>;
