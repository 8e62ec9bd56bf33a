import type { Proposal } from "../../core/plan/plan.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS } from "../../core/policy/policy.js";
import { people, plain } from "./card-text.js";
import { statusWords } from "./metadata-status.js";
import { distinctModelWords, modelWords } from "./policy-words.js";

/** What is known of the models a card may name. */
export type NamedModels = Pick<Proposal, "modelNames" | "modelWarnings" | "usage">;

/** "YubiKey NEO", "YubiKey NEO (⚠ revoked)": no model is named without what the FIDO metadata warns of. */
export function modelName(aaguid: Aaguid, proposal: NamedModels): string {
  return withWarning(distinctModelWords(aaguid, proposal.modelNames), aaguid, proposal);
}

function withWarning(name: string, aaguid: Aaguid, proposal: NamedModels): string {
  const warning = modelWarning(aaguid, proposal);
  return `${name}${warning === undefined ? "" : ` (⚠ ${warning})`}`;
}

/** What the FIDO metadata warns of, in words; undefined when it does not. */
export function modelWarning(aaguid: Aaguid, proposal: NamedModels): string | undefined {
  return proposal.modelWarnings?.[aaguid]?.split(", ").map(statusWords).join(", ");
}

/** "YubiKey 5 NFC · 112 people". */
export function modelLine(aaguid: Aaguid, proposal: NamedModels): string {
  return withPeople(modelName(aaguid, proposal), aaguid, proposal);
}

function withPeople(name: string, aaguid: Aaguid, proposal: NamedModels): string {
  const count = peopleUsing(aaguid, proposal);
  return `${name}${count === 0 ? "" : ` · ${people(count)}`}`;
}

/** The same with the AAGUID, for those who asked to see everything. */
export function modelLineInFull(aaguid: Aaguid, proposal: NamedModels): string {
  const name = withWarning(modelWords(aaguid, proposal.modelNames), aaguid, proposal);
  return `${withPeople(name, aaguid, proposal)} · ${plain(aaguid)}`;
}

/** Microsoft Authenticator first, since people look for it; then the most used. */
export function byImportance(models: readonly Aaguid[], proposal: NamedModels): readonly Aaguid[] {
  const rank = (aaguid: Aaguid) =>
    aaguid === AUTHENTICATOR_IOS ? 2 : aaguid === AUTHENTICATOR_ANDROID ? 1 : 0;
  return [...models].sort(
    (a, b) =>
      rank(b) - rank(a) ||
      peopleUsing(b, proposal) - peopleUsing(a, proposal) ||
      modelWords(a, proposal.modelNames).localeCompare(modelWords(b, proposal.modelNames)),
  );
}

export function peopleUsing(aaguid: Aaguid, proposal: NamedModels): number {
  return proposal.usage.find((use) => use.aaguid === aaguid)?.people ?? 0;
}
