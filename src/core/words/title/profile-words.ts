import { unreachable } from "../../errors.js";
import type { ProfileIntent } from "../../policy/intent.js";
import { counted } from "../amounts.js";
import type { Medium } from "../medium.js";
import { typesWords } from "../policy-words.js";

/** What was asked of profiles: "Create profile Executives: device-bound, with attestation, only 1 model". */
export function profileIntentWords(intent: ProfileIntent, { quote }: Medium): string {
  switch (intent.kind) {
    case "create-profile":
      return `Create profile ${quote(intent.name)} for ${typesWords(intent.types)} passkeys${rulesWords(intent)}`;
    case "rename-profile":
      return `Rename profile ${quote(intent.profile)} to ${quote(intent.name)}`;
    case "delete-profile":
      return `Delete profile ${quote(intent.profile)}`;
    case "admit-kind":
      return `Allow ${typesWords([intent.type])} passkeys ${inProfile(intent.profile, quote)}`;
    case "refuse-kind":
      return `Allow ${typesWords([intent.type])} passkeys no longer ${inProfile(intent.profile, quote)}`;
    case "use-profiles":
      return "Move to passkey profiles, which cannot be undone";
    default:
      return unreachable(intent);
  }
}

const inProfile = (profile: string | undefined, quote: (text: string) => string): string =>
  profile === undefined ? "in the default profile" : `in profile ${quote(profile)}`;

function rulesWords({
  attestation,
  restriction,
}: Extract<ProfileIntent, { kind: "create-profile" }>): string {
  const models = restriction.mode === "any" ? 0 : restriction.aaguids.length;
  const list =
    restriction.mode === "allow"
      ? ["only ".concat(counted(models, "model"))]
      : restriction.mode === "block"
        ? ["without ".concat(counted(models, "model"))]
        : [];
  const words = [...(attestation ? ["with attestation"] : []), ...list];
  return words.length === 0 ? "" : `, ${words.join(", ")}`;
}
