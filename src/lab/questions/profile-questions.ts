import { isJsonObject, type JsonObject } from "../../core/json.js";
import { hasProfiles } from "../../core/policy/comparable-policy.js";
import type { FactId } from "../../facts/facts.js";
import {
  defaultProfile,
  isDefault,
  labProfile,
  MAX_PROFILES,
  madeUpAaguid,
  newLabProfile,
  profilesOf,
  sendProfiles,
} from "../policy-shape.js";
import { ask, type Context, type Finding, settled, unsettled, type WriteQuestion } from "../question.js";
import { asRefused, said } from "./said.js";

/** An id that no profile has: made up like the AAGUIDs. */
const CLIENT_MADE = madeUpAaguid(0xc11e);
const RENAMED = " (lab)";

const NO_PROFILES = "the tenant has no profiles, and to make one cannot be taken back";
const ONLY_DEFAULT =
  "there is no profile beside the default one, and what Graph makes of a list without any is not known";
const ALL_TAKEN = "all three profiles are taken";
const NOT_MADE = "the lab's own profile could not be made";

/** Why the lab is not to make a profile here: Graph might keep it for good. */
function mayNotMake({ saved, allowed, finding }: Context): string | undefined {
  if (!hasProfiles(saved)) return NO_PROFILES;
  const isFull = profilesOf(saved).length >= MAX_PROFILES;
  if (allowed.leftover) return isFull ? ALL_TAKEN : undefined;
  const guard = finding("omittedDefaultProfile");
  if (profilesOf(saved).length === 1 || guard?.kind === "unsettled")
    return "it is not known whether a profile made here could be deleted again: it is asked with --allow-leftover only";
  if (guard?.reading === "kept")
    return "Graph keeps profiles that are left out, so one made here might stay: it is asked with --allow-leftover only";
  return isFull ? ALL_TAKEN : undefined;
}

/** The profiles with the lab's own as it is wanted, made where it does not stand. */
function withLab(now: JsonObject, { saved }: Context, wanted: JsonObject): readonly JsonObject[] {
  const lab = labProfile(now, saved);
  if (lab === undefined) return [...profilesOf(now), wanted];
  return profilesOf(now).map((profile) => (profile === lab ? { ...lab, ...wanted } : profile));
}

function withoutLab(now: JsonObject, { saved }: Context): readonly JsonObject[] {
  const lab = labProfile(now, saved);
  return profilesOf(now).filter((profile) => profile !== lab);
}

const making = { kind: "write", unfit: mayNotMake } as const satisfies Partial<WriteQuestion>;

/** About profiles, in the order in which one prepares the next. */
export const PROFILE_QUESTIONS = {
  defaultProfileRename: {
    kind: "write",
    unfit: ({ saved }) => (hasProfiles(saved) ? undefined : NO_PROFILES),
    asks: "another name for the default profile",
    ask: (now) =>
      ask(
        sendProfiles(
          now,
          profilesOf(now).map((profile) =>
            isDefault(now, profile) ? { ...profile, name: `${profile.name}${RENAMED}` } : profile,
          ),
        ),
      ),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return String(defaultProfile(written.after)?.name).endsWith(RENAMED)
        ? settled("accepted", `${said(written)}; read back with the new name`)
        : unsettled("Graph accepted it, and the old name was read back");
    },
  },
  omittedDefaultProfile: {
    kind: "write",
    unfit: ({ saved }) => {
      if (!hasProfiles(saved)) return NO_PROFILES;
      return profilesOf(saved).length > 1 ? undefined : ONLY_DEFAULT;
    },
    asks: "all profiles but the default one",
    ask: (now) =>
      ask(
        sendProfiles(
          now,
          profilesOf(now).filter((profile) => !isDefault(now, profile)),
        ),
      ),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return defaultProfile(written.after) === undefined
        ? unsettled("Graph accepted it, and the default profile was not read back")
        : settled("kept", `${said(written)}; the default profile was read back`);
    },
  },
  profileWithoutId: {
    ...making,
    asks: "a further profile without an id, for no person",
    ask: (now, context) => ask(sendProfiles(now, withLab(now, context, newLabProfile()))),
    see: (written, { saved }) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return labProfile(written.after, saved) === undefined
        ? unsettled("Graph accepted it, and the profile was not read back")
        : settled("given-an-id", `${said(written)}; read back with an id`);
    },
  },
  collectionOrder: {
    kind: "write",
    unfit: ({ saved }) => (hasProfiles(saved) ? undefined : NO_PROFILES),
    asks: "the profiles in the reverse of their order",
    ask: (now) => {
      const profiles = profilesOf(now);
      return profiles.length > 1
        ? ask(sendProfiles(now, profiles.toReversed()))
        : unsettled("there is one profile only");
    },
    see: (written) => {
      if (written.answer.kind === "refused") return unsettled(`Graph refused it (${said(written)})`);
      const ids = (policy: JsonObject) => profilesOf(policy).map(({ id }) => id);
      const [sent, back] = [ids(written.sent).join(), ids(written.after).join()];
      return sent === back
        ? settled("kept", `${said(written)}; read back in the order sent`)
        : settled("reversed", `${said(written)}; read back in another order`);
    },
  },
  omittedParts: {
    ...making,
    asks: "the lab's own profile with a list alone, without whether it is enforced and of which sort it is",
    ask: (now, context) => {
      const lab = labProfile(now, context.saved);
      if (lab === undefined) return unsettled(NOT_MADE);
      const keyRestrictions = { aaGuids: [madeUpAaguid(0), madeUpAaguid(0x80)] };
      return ask(sendProfiles(now, withLab(now, context, { keyRestrictions })));
    },
    see: (written, { saved }) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const rules = labProfile(written.after, saved)?.keyRestrictions;
      if (!isJsonObject(rules)) return unsettled("Graph accepted it, and no restriction was read back");
      return rules.isEnforced === true
        ? settled("kept", `${said(written)}; still enforced`)
        : settled("reset", `${said(written)}; no longer enforced`);
    },
  },
  attestedKinds: {
    ...making,
    asks: "the lab's own profile with attestation enforced, for both kinds of passkey",
    ask: (now, context) => {
      const lab = labProfile(now, context.saved) ?? newLabProfile();
      const wanted = { passkeyTypes: "deviceBound,synced", attestationEnforcement: "registrationOnly" };
      return ask(sendProfiles(now, withLab(now, context, { ...lab, ...wanted })));
    },
    see: (written, { saved }) => {
      if (written.answer.kind === "refused") return unsettled(`Graph refused it (${said(written)})`);
      const lab = labProfile(written.after, saved);
      if (lab?.attestationEnforcement !== "registrationOnly")
        return unsettled("Graph accepted it, and attestation was not read back");
      return String(lab.passkeyTypes).includes("synced")
        ? settled("kept", `${said(written)}; read back with both kinds`)
        : settled("device-bound-only", `${said(written)}; read back with device-bound ones only`);
    },
  },
  fourthProfile: {
    ...making,
    unfit: (context) => {
      const why = mayNotMake(context);
      return why === ALL_TAKEN ? undefined : why;
    },
    asks: "as many further profiles, for no person, as make four",
    ask: (now) => {
      const missing = Math.max(1, MAX_PROFILES + 1 - profilesOf(now).length);
      const more = Array.from({ length: missing }, (_, index) => ({
        ...newLabProfile(),
        name: `${newLabProfile().name} ${index + 2}`,
      }));
      return ask(sendProfiles(now, [...profilesOf(now), ...more]));
    },
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const count = profilesOf(written.after).length;
      return count > MAX_PROFILES
        ? settled("accepted", `${said(written)}; ${count} were read back`)
        : unsettled(`Graph accepted it, and ${count} profiles were read back`);
    },
  },
  omittedProfile: {
    kind: "write",
    unfit: (context) =>
      context.finding("omittedDefaultProfile") === undefined ? mayNotMake(context) : undefined,
    asks: "all profiles but the lab's own",
    ask: (now, context) => {
      if (labProfile(now, context.saved) !== undefined)
        return ask(sendProfiles(now, withoutLab(now, context)));
      return saidByDefault(context) ?? unsettled(mayNotMake(context) ?? NOT_MADE);
    },
    see: (written, { saved }) => {
      if (written.answer.kind === "refused") return unsettled(`Graph refused it (${said(written)})`);
      return labProfile(written.after, saved) === undefined
        ? settled("deleted", `${said(written)}; it was gone`)
        : settled("kept", `${said(written)}; it was still there`);
    },
  },
  clientMadeProfileIds: {
    ...making,
    asks: "a further profile with an id made by the lab, for no person",
    ask: (now, context) =>
      labProfile(now, context.saved) === undefined
        ? ask(sendProfiles(now, [...profilesOf(now), { id: CLIENT_MADE, ...newLabProfile() }]))
        : unsettled("the lab's own profile still stands, because Graph did not delete it"),
    see: (written, { saved }) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const lab = labProfile(written.after, saved);
      if (lab === undefined) return unsettled("Graph accepted it, and the profile was not read back");
      return String(lab.id).toLowerCase() === CLIENT_MADE
        ? settled("accepted", `${said(written)}; read back with that id`)
        : settled("replaced", `${said(written)}; read back with another id`);
    },
  },
} as const satisfies Partial<Record<FactId, WriteQuestion>>;

/** That the default profile was kept though it was left out says the same of any other. */
function saidByDefault({ finding }: Context): Finding | undefined {
  const found = finding("omittedDefaultProfile");
  return found?.kind === "settled" && found.reading === "kept"
    ? settled("kept", "the default profile, which was left out, stayed")
    : undefined;
}
