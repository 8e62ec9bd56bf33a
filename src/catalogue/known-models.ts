import type { Model } from "../core/policy/model.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS, NO_AAGUID } from "../core/policy/policy.js";

/** A model we know better than any public list does. */
export interface KnownModel {
  /** Left out where the lists name it well. */
  readonly name?: string;
  /** What it and its siblings are called together: who says that means all of them. */
  readonly familyNames?: readonly string[];
  /** What else it is called, and only it. */
  readonly otherNames?: readonly string[];
  readonly vendor?: string;
  readonly kind: Model["kind"];
}

const AUTHENTICATOR_NAMES = ["Microsoft Authenticator", "MS Authenticator", "Authenticator"].flatMap(
  (name) => [name, `${name} app`],
);
const AUTHENTICATOR = { familyNames: AUTHENTICATOR_NAMES, vendor: "Microsoft", kind: "platform" } as const;
const authenticatorOn = (...systems: readonly string[]) =>
  AUTHENTICATOR_NAMES.flatMap((name) =>
    systems.flatMap((system) => ["", "on ", "for "].map((word) => `${name} ${word}${system}`)),
  );
const WINDOWS_HELLO = { familyNames: ["Windows Hello"], vendor: "Microsoft", kind: "platform" } as const;
const SYNCED = { kind: "synced-provider" } as const;

const MODELS: readonly (readonly [aaguid: string, model: KnownModel])[] = [
  [
    AUTHENTICATOR_IOS,
    {
      ...AUTHENTICATOR,
      name: "Microsoft Authenticator (iOS)",
      otherNames: authenticatorOn("iOS", "iPhone", "iPhones"),
    },
  ],
  [
    AUTHENTICATOR_ANDROID,
    {
      ...AUTHENTICATOR,
      name: "Microsoft Authenticator (Android)",
      otherNames: authenticatorOn("Android"),
    },
  ],
  ["08987058-cadc-4b81-b6e1-30de50dcbe96", { ...WINDOWS_HELLO, name: "Windows Hello (hardware)" }],
  ["9ddd1817-af5a-4672-a2b9-3e3dd95000a9", { ...WINDOWS_HELLO, name: "Windows Hello (VBS hardware)" }],
  ["6028b017-b1d4-4c02-b4b3-afcdafc96bb2", { ...WINDOWS_HELLO, name: "Windows Hello (software)" }],
  [NO_AAGUID, { name: "Passkey that names no model (no AAGUID)", kind: "platform" }],
  // Bound to the computer: kept in the browser's own profile.
  ["adce0002-35bc-c60a-648b-0b25f1f05503", { vendor: "Google", kind: "platform" }],
  ["ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", { ...SYNCED, vendor: "Google" }],
  ["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", { ...SYNCED, vendor: "Apple" }],
  ["dd4ec289-e01d-41c9-bb89-70fa845d4bf2", { ...SYNCED, vendor: "Apple" }],
  ["d3452668-01fd-4c12-926c-83a4204853aa", { ...SYNCED, vendor: "Microsoft" }],
  ["bada5566-a7aa-401f-bd96-45619a55120d", SYNCED], // 1Password
  ["d548826e-79b4-db40-a3d8-11116f7e8349", SYNCED], // Bitwarden
  ["531126d6-e717-415c-9320-3d9aa6981239", SYNCED], // Dashlane
  ["0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6", SYNCED], // Keeper
  ["b78a0a55-6ef8-d246-a042-ba0f6d55050c", SYNCED], // LastPass
  ["b84e4048-15dc-4dd0-8640-f4f60813c8af", SYNCED], // NordPass
  ["50726f74-6f6e-5061-7373-50726f746f6e", SYNCED], // Proton Pass
];

/**
 * Microsoft's own, which no public list names, or names too vaguely to tell apart, and providers of synced passkeys,
 * which the FIDO metadata does not know. Sources: Microsoft Learn, "Enable passkeys in Microsoft Authenticator" and
 * "Enable Microsoft Entra passkeys on Windows"; what the providers publish.
 */
export const KNOWN_MODELS: ReadonlyMap<Aaguid, KnownModel> = new Map(
  MODELS.map(([aaguid, model]) => [aaguid as Aaguid, model]),
);
