/** What can be explained, with every name people call it by; without articles, in lower case. */
export const CONCEPTS = {
  passkey: ["passkey", "passkeys", "passkey sign-in", "passwordless"],
  attestation: ["attestation", "attested passkeys", "attestation enforcement", "enforcing attestation"],
  aaguid: ["aaguid", "aaguids", "aa guid", "authenticator attestation guid"],
  types: [
    ...["synced", "synced passkey", "synced passkeys", "syncing", "passkey type", "passkey types"],
    ...["device-bound", "device bound", "device-bound passkey", "device-bound passkeys", "devicebound"],
    ...["kind of passkey", "kinds of passkeys", "types of passkeys"],
  ],
  restrictions: [
    ...["key restriction", "key restrictions", "restriction", "restrictions", "enforce key restrictions"],
    ...["allow list", "allowlist", "allow-list", "block list", "blocklist", "block-list", "whitelist"],
  ],
  profile: ["profile", "profiles", "passkey profile", "passkey profiles", "default profile"],
  "self-service": [
    ...["self-service", "self service", "selfservice", "self-service registration", "self-service setup"],
    ...["allow self-service set up", "self service set up"],
  ],
  target: ["target", "targets", "exclusion", "exclusions", "excluded group", "excluded groups", "include"],
  "security-key": ["security key", "security keys", "fido2", "fido", "fido2 key", "webauthn", "hardware key"],
  plan: ["plan", "plans", "proposal", "revision"],
  drift: ["drift", "drifts", "baseline"],
  permissions: [
    ...[
      "permission",
      "permissions",
      "graph permissions",
      "api permissions",
      "app permissions",
      "your permissions",
    ],
    ...["application permissions", "delegated permissions", "admin consent"],
  ],
  scan: ["scan", "scans", "full scan"],
  evidence: ["evidence", "audit record", "record"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** One thing that can be explained. */
export type Concept = keyof typeof CONCEPTS;

const BY_NAME: ReadonlyMap<string, Concept> = new Map(
  (Object.keys(CONCEPTS) as readonly Concept[]).flatMap((concept) =>
    CONCEPTS[concept].map((name) => [name, concept] as const),
  ),
);
const ARTICLE = /^(?:an?|the|our|my|these|those|all)\s+/;
const SIGNS = /[?!.,:;]{1,9}$/;
const JOIN = /\s+(?:and|or|vs|vs\.|versus)\s+/;

/** What is called so; of two names that are joined, what both belong to. undefined: nothing that can be explained. */
export function conceptNamed(words: string): Concept | undefined {
  const named = oneNamed(words);
  if (named !== undefined) return named;
  const [first, second, ...more] = words.split(JOIN).map(oneNamed);
  return first !== undefined && first === second && more.length === 0 ? first : undefined;
}

function oneNamed(words: string): Concept | undefined {
  return BY_NAME.get(words.trim().replace(SIGNS, "").replace(ARTICLE, ""));
}
