import type { JsonObject } from "../../../src/core/json.js";
import type { Keyholder } from "../../../src/core/scan/inventory.js";
import {
  DEFAULT_PROFILE,
  ICLOUD,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
  ZERO,
} from "../policy/sample-policies.js";
import { keyholder, passkey } from "./sample-keyholders.js";

// --- Who there is ---------------------------------------------------------------------------------

const NFC = YUBIKEY_5_NFC;
const C5 = YUBIKEY_5C;

export const EVERYONE = {
  nfc: keyholder("nfc", [passkey(NFC, "deviceBound", true)]),
  c5: keyholder("c5", [passkey(C5, "deviceBound", true)]),
  /** Not attested when it was registered. */
  unattested: keyholder("unattested", [passkey(NFC, "deviceBound", false)]),
  synced: keyholder("synced", [passkey(ICLOUD, "synced", false)]),
  /** Graph did not say whether it is synced. */
  untold: keyholder("untold", [passkey(NFC, undefined, true)]),
  /** A platform that names no model. */
  zero: keyholder("zero", [passkey(ZERO, "deviceBound", false)]),
  "nfc+c5": keyholder("nfc+c5", [passkey(NFC, "deviceBound", true), passkey(C5, "deviceBound", true)]),
  "nfc+synced": keyholder("nfc+synced", [passkey(NFC, "deviceBound"), passkey(ICLOUD, "synced")]),
  /** In the pilot group; `nested` through a group within it. */
  pilot: keyholder("pilot", [passkey(C5, "deviceBound", true)]),
  nested: keyholder("nested", [passkey(C5, "deviceBound", true)]),
  /** In the group of those who left. */
  leaver: keyholder("leaver", [passkey(C5, "deviceBound", true)]),
  /** In both. */
  "pilot&leaver": keyholder("pilot&leaver", [passkey(C5, "deviceBound", true)]),
} as const satisfies Readonly<Record<string, Keyholder>>;
export type Name = keyof typeof EVERYONE;

const PILOT = "11111111-2222-4222-8222-222222222222";
const LEAVERS = "22222222-2222-4222-8222-222222222222";
/** Group id -> names of everybody in it. */
export const MEMBERS = {
  // The directory resolves groups within groups: this is everybody in it.
  [PILOT]: ["pilot", "nested", "pilot&leaver"],
  [LEAVERS]: ["leaver", "pilot&leaver"],
};

// --- What a policy says ---------------------------------------------------------------------------

const list = (enforcementType: "allow" | "block", aaGuids: readonly string[]): JsonObject => ({
  keyRestrictions: { isEnforced: true, enforcementType, aaGuids: [...aaGuids] },
});
const allow = (...models: string[]) => list("allow", models);
const block = (...models: string[]) => list("block", models);
/** A list that is written and not enforced restricts nothing. */
const any = (...models: string[]): JsonObject => ({
  keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids: [...models] },
});
const off: JsonObject = { state: "disabled" };
const only = (...ids: string[]): JsonObject => ({
  includeTargets: ids.map((id) => ({ id, targetType: "group" })),
});
const except = (...ids: string[]): JsonObject => ({
  excludeTargets: ids.map((id) => ({ id, targetType: "group" })),
});
const attest = (isAttestationEnforced: boolean): JsonObject => ({ isAttestationEnforced });

/** One set of rules at the top level; without more: on, any authenticator, all users. */
const legacy = (...parts: JsonObject[]): JsonObject =>
  legacyPolicy(Object.assign({}, ...parts) as JsonObject);

const deviceBound: JsonObject = { passkeyTypes: "deviceBound" };
const syncedOnly: JsonObject = { passkeyTypes: "synced" };
const both: JsonObject = { passkeyTypes: "deviceBound,synced" };
const attestProfile = (enforced: boolean): JsonObject => ({
  attestationEnforcement: enforced ? "registrationOnly" : "disabled",
});
const profile = (id: string, parts: readonly JsonObject[]): JsonObject => ({
  id,
  name: id,
  attestationEnforcement: "disabled",
  ...both,
  ...any(),
  ...(Object.assign({}, ...parts) as JsonObject),
});
const target = (id: string, ...allowedPasskeyProfiles: string[]): JsonObject => ({
  id,
  targetType: "group",
  allowedPasskeyProfiles,
});
const [MAIN, SECOND] = [DEFAULT_PROFILE, SYNCED_PROFILE];

/** Two profiles; without more: on, both for all users. */
function profiles(
  main: readonly JsonObject[],
  second: readonly JsonObject[],
  targets: readonly JsonObject[] = [target("all_users", MAIN, SECOND)],
  ...parts: JsonObject[]
): JsonObject {
  return profilesPolicy({
    includeTargets: targets,
    passkeyProfiles: [profile(MAIN, main), profile(SECOND, second)],
    ...(Object.assign({}, ...parts) as JsonObject),
  });
}
/** One profile for all users; the other is there and nobody's. */
const mainOnly = (...main: JsonObject[]) => profiles(main, [], [target("all_users", MAIN)]);

// --- The table ------------------------------------------------------------------------------------

/** Change in words, policy before and after, whom it is asked of, who loses sign-in, who keeps another passkey. */
export type Row = readonly [
  change: string,
  before: JsonObject,
  after: JsonObject,
  people: readonly Name[],
  lose: readonly Name[],
  keep: readonly Name[],
];

const ALL = Object.keys(EVERYONE) as Name[];
const PLAIN: readonly Name[] = ["nfc", "c5", "synced", "zero", "nfc+c5", "nfc+synced"];
const GROUPED: readonly Name[] = ["nfc", "pilot", "nested", "leaver", "pilot&leaver"];

// biome-ignore format: a table, one row a line
const STATE: readonly Row[] = [
  ["nothing changes",                         legacy(), legacy(),                       ALL, [], []],
  ["legacy: turned off",                      legacy(), legacy(off),                    PLAIN, [...PLAIN], []],
  ["legacy: turned on",                       legacy(off), legacy(allow(NFC)),          ALL, [], []],
  ["legacy: off stays off",                   legacy(off), legacy(off, allow(NFC)),     ALL, [], []],
  ["legacy: turned off, few could use it",    legacy(allow(NFC)), legacy(off, allow(NFC)), PLAIN, ["nfc", "nfc+c5", "nfc+synced"], []],
  ["profiles: turned off",                    mainOnly(), { ...mainOnly(), ...off },    PLAIN, [...PLAIN], []],
  ["profiles: turned on",                     { ...mainOnly(), ...off }, mainOnly(allow(NFC)), ALL, [], []],
];

// biome-ignore format: a table, one row a line
const RESTRICTION: readonly Row[] = [
  ["any to an allow list of one",             legacy(), legacy(allow(NFC)),             PLAIN, ["c5", "synced", "zero"], ["nfc+c5", "nfc+synced"]],
  ["any to an allow list of all in use",      legacy(), legacy(allow(NFC, C5, ICLOUD)), PLAIN, ["zero"], []],
  ["any to an allow list in capitals",        legacy(), legacy(allow(NFC.toUpperCase())), PLAIN, ["c5", "synced", "zero"], ["nfc+c5", "nfc+synced"]],
  ["any to an empty allow list",              legacy(), legacy(allow()),                PLAIN, [...PLAIN], []],
  ["any to a block list of one",              legacy(), legacy(block(NFC)),             PLAIN, ["nfc"], ["nfc+c5", "nfc+synced"]],
  ["any to an empty block list",              legacy(), legacy(block()),                ALL, [], []],
  ["a list that is not enforced to any",      legacy(any(NFC)), legacy(any()),          ALL, [], []],
  ["a list that was not enforced is now",     legacy(any(NFC)), legacy(allow(NFC)),     ["nfc", "c5"], ["c5"], []],
  ["an allow list is no longer enforced",     legacy(allow(NFC)), legacy(any(NFC)),     ALL, [], []],
  ["an allow list gains a model",             legacy(allow(NFC)), legacy(allow(NFC, C5)), ALL, [], []],
  ["an allow list loses a model",             legacy(allow(NFC, C5)), legacy(allow(NFC)), PLAIN, ["c5"], ["nfc+c5"]],
  ["an allow list swaps a model",             legacy(allow(NFC)), legacy(allow(C5)),    PLAIN, ["nfc", "nfc+synced"], ["nfc+c5"]],
  ["an allow list loses what nobody has",     legacy(allow(NFC, ICLOUD)), legacy(allow(NFC)), ["nfc", "c5"], [], []],
  ["a block list gains a model",              legacy(block(C5)), legacy(block(C5, NFC)), PLAIN, ["nfc", "nfc+c5"], ["nfc+synced"]],
  ["a block list loses a model",              legacy(block(C5, NFC)), legacy(block(C5)), ALL, [], []],
  ["an allow list turned into a block list",  legacy(allow(NFC)), legacy(block(NFC)),   PLAIN, ["nfc"], ["nfc+c5", "nfc+synced"]],
  ["a block list turned into an allow list",  legacy(block(NFC)), legacy(allow(NFC)),   PLAIN, ["c5", "synced", "zero"], ["nfc+c5", "nfc+synced"]],
  ["a block list turned round, same effect",  legacy(block(C5)), legacy(allow(NFC)),    ["nfc", "c5", "nfc+c5"], [], []],
  ["a passkey of no model under a block list", legacy(), legacy(block(NFC, C5, ICLOUD)), ["zero"], [], []],
];

// biome-ignore format: a table, one row a line
const ATTESTATION: readonly Row[] = [
  ["legacy: attestation on",                  legacy(attest(false)), legacy(attest(true)), ALL, [], []],
  ["legacy: attestation off",                 legacy(attest(true)), legacy(attest(false)), ALL, [], []],
  ["profiles: attestation on",                mainOnly(attestProfile(false)), mainOnly(attestProfile(true)), ALL, [], []],
  ["profiles: off, and a list",               mainOnly(attestProfile(true)), mainOnly(attestProfile(false), allow(NFC)), ["unattested", "c5"], ["c5"], []],
];

// biome-ignore format: a table, one row a line
const TARGETS: readonly Row[] = [
  ["all users to one group",                  legacy(), legacy(only(PILOT)),            GROUPED, ["leaver", "nfc"], []],
  ["one group to all users",                  legacy(only(PILOT)), legacy(),            GROUPED, [], []],
  ["all users to all users and a group",      legacy(), legacy(only("all_users", PILOT)), GROUPED, [], []],
  ["one group to another one",                legacy(only(PILOT)), legacy(only(LEAVERS)), GROUPED, ["nested", "pilot"], []],
  ["one group more is excluded",              legacy(), legacy(except(LEAVERS)),        GROUPED, ["leaver", "pilot&leaver"], []],
  ["excluded wins over included",             legacy(only(PILOT)), legacy(only(PILOT), except(LEAVERS)), GROUPED, ["pilot&leaver"], []],
  ["excluded stays, included grows",          legacy(only(PILOT), except(LEAVERS)), legacy(except(LEAVERS)), GROUPED, [], []],
  ["no longer excluded",                      legacy(except(LEAVERS)), legacy(),        GROUPED, [], []],
  ["the excluded lose nothing by a list",     legacy(except(LEAVERS)), legacy(except(LEAVERS), allow(NFC)), GROUPED, ["nested", "pilot"], []],
  ["those without target lose nothing",       legacy(only(PILOT)), legacy(only(PILOT), allow(NFC)), GROUPED, ["nested", "pilot", "pilot&leaver"], []],
  ["nobody is a target any more",             legacy(), legacy(only()),                 ["nfc", "pilot"], ["nfc", "pilot"], []],
  ["excluded by name",                        legacy(), legacy(except("nfc")),          ["nfc", "c5"], ["nfc"], []],
  ["included by name",                        legacy(), legacy(only("nfc")),            ["nfc", "c5"], ["c5"], []],
  ["a group that is empty",                   legacy(), legacy(except("33333333-2222-4222-8222-222222222222")), GROUPED, [], []],
];

// biome-ignore format: a table, one row a line
const TYPES: readonly Row[] = [
  ["both to device-bound",                    mainOnly(), mainOnly(deviceBound),        PLAIN, ["synced"], ["nfc+synced"]],
  ["both to synced",                          mainOnly(), mainOnly(syncedOnly),         ["nfc", "synced", "nfc+synced", "untold"], ["nfc", "untold"], ["nfc+synced"]],
  ["device-bound to both",                    mainOnly(deviceBound), mainOnly(both),    ALL, [], []],
  ["device-bound to synced",                  mainOnly(deviceBound), mainOnly(syncedOnly), ["nfc", "synced", "untold"], ["nfc", "untold"], []],
  ["the worse is assumed of an untold type",  mainOnly(), mainOnly(deviceBound),        ["untold"], ["untold"], []],
  ["none to device-bound only, untold",       { ...mainOnly(), ...off }, mainOnly(deviceBound), ["untold"], [], []],
];

const PILOT_SECOND = [target("all_users", MAIN), target(PILOT, SECOND)];

// biome-ignore format: a table, one row a line
const PROFILES: readonly Row[] = [
  ["one profile narrows, the other still does", profiles([], []), profiles([allow(NFC)], []), ALL, [], []],
  ["both profiles narrow",                    profiles([], []), profiles([allow(NFC)], [allow(ICLOUD)]), PLAIN, ["c5", "zero"], ["nfc+c5"]],
  ["model and type in different profiles",    profiles([], []), profiles([allow(NFC), syncedOnly], [allow(ICLOUD), deviceBound]), ["nfc", "synced"], ["nfc", "synced"], []],
  ["a profile is taken from all users",       profiles([allow(NFC)], [allow(C5)]), profiles([allow(NFC)], [allow(C5)], [target("all_users", MAIN)]), PLAIN, ["c5"], ["nfc+c5"]],
  ["all users swap profiles",                 profiles([allow(NFC)], [allow(C5)], [target("all_users", MAIN)]), profiles([allow(NFC)], [allow(C5)], [target("all_users", SECOND)]), PLAIN, ["nfc", "nfc+synced"], ["nfc+c5"]],
  ["a group has a profile of its own",        mainOnly(), profiles([allow(NFC)], [allow(C5)], PILOT_SECOND), GROUPED, ["leaver"], []],
  ["a group loses the profile of its own",    profiles([allow(NFC)], [allow(C5)], PILOT_SECOND), mainOnly(allow(NFC)), GROUPED, ["nested", "pilot", "pilot&leaver"], []],
  ["excluded wins over every profile",        profiles([], [], PILOT_SECOND), profiles([], [], PILOT_SECOND, except(LEAVERS)), GROUPED, ["leaver", "pilot&leaver"], []],
  ["the other profile narrows, not the group's", profiles([allow(C5)], [], PILOT_SECOND), profiles([allow(NFC)], [], PILOT_SECOND), GROUPED, ["leaver"], []],
  ["untold, each type in another profile",    profiles([], []), profiles([allow(NFC), deviceBound], [allow(NFC), syncedOnly]), ["untold"], [], []],
  ["legacy to the same as one profile",       legacy(allow(NFC)), mainOnly(allow(NFC)), ALL, [], []],
  ["legacy to a device-bound profile",        legacy(), mainOnly(deviceBound),          PLAIN, ["synced"], ["nfc+synced"]],
  ["one profile to the same in legacy",       mainOnly(block(C5)), legacy(block(C5)),   ALL, [], []],
];

/** Every row, by what it is about. */
export const IMPACT_TABLE: readonly (readonly [about: string, rows: readonly Row[]])[] = [
  ["on and off", STATE],
  ["which authenticators", RESTRICTION],
  ["attestation is checked at registration, not at sign-in", ATTESTATION],
  ["groups", TARGETS],
  ["kinds of passkey", TYPES],
  ["one matching profile is enough", PROFILES],
];
