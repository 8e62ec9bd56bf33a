import type { Difference } from "../impact/difference.js";
import { ownMember } from "../own-member.js";
import { UNKNOWN_MODEL } from "../policy/model.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS } from "../policy/policy.js";
import { people } from "./amounts.js";
import type { Names } from "./group-words.js";
import type { Medium } from "./medium.js";
import { clip, oneLine } from "./one-line.js";

/** What is known of the models that may be named. */
export type NamedModels = Pick<Difference, "modelNames" | "modelWarnings" | "usage">;

/** The statuses by which the FIDO Alliance takes confidence in a model back, in words. */
const STATUSES: Readonly<Record<string, string>> = {
  REVOKED: "revoked",
  USER_VERIFICATION_BYPASS: "user verification can be bypassed",
  ATTESTATION_KEY_COMPROMISE: "its attestation key is compromised",
  USER_KEY_REMOTE_COMPROMISE: "passkeys can be stolen from afar",
  USER_KEY_PHYSICAL_COMPROMISE: "passkeys can be copied by who holds it",
};

/** The words for models of authenticators. */
export function modelWordsIn({ quote }: Medium) {
  /** The name people know, else the AAGUID itself. */
  const modelWords = (aaguid: string, names: Names): string => quote(ownMember(names, aaguid) ?? aaguid);

  /** The same with the beginning of the AAGUID where that alone tells models apart: of one name, or of none. */
  const distinctModelWords = (aaguid: string, names: Names): string => {
    const name = ownMember(names, aaguid);
    const shared = Object.values(names).filter((other) => other === name).length > 1;
    const words = modelWords(aaguid, names);
    return name === UNKNOWN_MODEL || (name !== undefined && shared)
      ? `${words} (${aaguid.slice(0, 8)}…)`
      : words;
  };

  /** A status of the FIDO metadata as people say it; one that is new here is shown as it is written. */
  const statusWords = (status: string): string =>
    ownMember(STATUSES, status) ?? quote(clip(oneLine(status), 60).replaceAll("_", " ").toLowerCase());

  /** What the FIDO metadata warns of; undefined when it does not. */
  const modelWarning = (aaguid: Aaguid, { modelWarnings }: Pick<NamedModels, "modelWarnings">) =>
    ownMember(modelWarnings, aaguid)?.split(", ").map(statusWords).join(", ");

  const withWarning = (name: string, aaguid: Aaguid, models: NamedModels): string => {
    const warning = modelWarning(aaguid, models);
    return `${name}${warning === undefined ? "" : ` (⚠ ${warning})`}`;
  };

  /** "YubiKey NEO", "YubiKey NEO (⚠ revoked)": no model is named without what the FIDO metadata warns of. */
  const modelName = (aaguid: Aaguid, models: NamedModels): string =>
    withWarning(distinctModelWords(aaguid, models.modelNames), aaguid, models);

  /** "YubiKey 5 NFC · 112 people". */
  const modelLine = (aaguid: Aaguid, models: NamedModels): string =>
    withPeople(modelName(aaguid, models), aaguid, models);

  /** The same with the AAGUID, for people who asked to see everything. */
  const modelLineInFull = (aaguid: Aaguid, models: NamedModels): string => {
    const name = withWarning(modelWords(aaguid, models.modelNames), aaguid, models);
    return `${withPeople(name, aaguid, models)} · ${quote(aaguid)}`;
  };

  return {
    modelWords,
    distinctModelWords,
    statusWords,
    modelWarning,
    modelName,
    modelLine,
    modelLineInFull,
  };
}

function withPeople(name: string, aaguid: Aaguid, models: NamedModels): string {
  const count = peopleUsing(aaguid, models);
  return `${name}${count === 0 ? "" : ` · ${people(count)}`}`;
}

const ALPHABET = new Intl.Collator();

/** Microsoft Authenticator first, since people look for it; then the most used, then by name. */
export function byImportance(
  models: readonly Aaguid[],
  { modelNames, usage }: Pick<NamedModels, "modelNames" | "usage">,
): readonly Aaguid[] {
  const rank = (aaguid: Aaguid) =>
    aaguid === AUTHENTICATOR_IOS ? 2 : aaguid === AUTHENTICATOR_ANDROID ? 1 : 0;
  const used = new Map(usage.map((use) => [use.aaguid, use.people]));
  return models
    .map((aaguid) => ({
      aaguid,
      rank: rank(aaguid),
      people: used.get(aaguid) ?? 0,
      name: ownMember(modelNames, aaguid) ?? aaguid,
    }))
    .sort((a, b) => b.rank - a.rank || b.people - a.people || ALPHABET.compare(a.name, b.name))
    .map(({ aaguid }) => aaguid);
}

/** How many people use the model, by the scan. */
export function peopleUsing(aaguid: Aaguid, { usage }: Pick<NamedModels, "usage">): number {
  return usage.find((use) => use.aaguid === aaguid)?.people ?? 0;
}
