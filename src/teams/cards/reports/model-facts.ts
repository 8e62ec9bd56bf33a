import type { Model } from "../../../core/policy/model.js";
import type { Allowed } from "../../../core/report/allowed-today.js";
import type { ModelInUse } from "../../../core/scan/inventory.js";
import { number } from "../../../core/words/amounts.js";
import { plain } from "../../words/card-text.js";
import { statusWords } from "../../words/names.js";
import type { CardColor } from "../parts/card.js";

/** "YubiKey NEO", "YubiKey NEO (⚠ revoked)". Markdown. */
export function nameWithWarning(model: Model): string {
  const statuses = model.warnings.map(({ status }) => statusWords(status));
  return `${plain(model.name)}${statuses.length === 0 ? "" : ` (⚠ ${statuses.join(", ")})`}`;
}

export function makeWords(kind: Model["kind"]): string {
  switch (kind) {
    case "security-key":
      return "security key";
    case "platform":
      return "built into a device";
    case "synced-provider":
      return "password manager that syncs passkeys";
    case "unknown":
      return "not known";
  }
}

/** Who says what is known of a model. */
export function sourceWords(source: Model["source"]): string {
  switch (source) {
    case "microsoft":
      return "Microsoft's documentation";
    case "fido":
      return "the FIDO Alliance's metadata";
    case "packaged":
      return "a list kept by volunteers";
    case "graph":
      return "Microsoft Graph, from a registered passkey; no list confirms it";
    case "nobody":
      return "nobody: no list has this AAGUID";
  }
}

export function allowedWords(allowed: Allowed): { readonly words: string; readonly color: CardColor } {
  switch (allowed) {
    case "yes":
      return { words: "yes", color: "good" };
    case "no":
      return { words: "no", color: "attention" };
    case "some-profiles":
      return { words: "in some profiles", color: "warning" };
    case "some-types":
      return { words: "only one kind", color: "warning" };
    case "unknown":
      return { words: "not known", color: "warning" };
  }
}

/** "device-bound", "150 device-bound, 3 synced", "kind not said". */
export function typesWords({ types, passkeys }: Pick<ModelInUse, "types" | "passkeys">): string {
  return shares(passkeys, [
    [types.deviceBound, "device-bound"],
    [types.synced, "synced"],
    [types.unsaid, "kind not said"],
  ]);
}

/** "attested", "2 attested, 1 not attested", "attestation not said". */
export function attestedWords({ attested, passkeys }: Pick<ModelInUse, "attested" | "passkeys">): string {
  return shares(passkeys, [
    [attested.yes, "attested"],
    [attested.no, "not attested"],
    [attested.unsaid, "attestation not said"],
  ]);
}

/** What holds for all of them needs no number. */
function shares(all: number, parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => (count === all ? words : `${number(count)} ${words}`))
    .join(", ");
}
