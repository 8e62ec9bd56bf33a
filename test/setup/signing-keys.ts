import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { newKeyId, newSigningKey, type SigningKey } from "../../simulators/entra/json-web-token.js";

/** A simulated Entra needs three, and three more where its channel changes its keys. */
const PAIRS = 6;
const FILE = "signing-keys.json";

/** Makes pairs for the whole run: a pair takes a quarter of a second, and each test that starts an Entra needs three. */
export async function makeSigningPairs(folder: string): Promise<void> {
  const made = Array.from({ length: PAIRS }, async () => {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    return exportJWK(privateKey);
  });
  // Complete or absent, for tests may begin meanwhile.
  const draft = join(folder, `.${FILE}`);
  await writeFile(draft, JSON.stringify(await Promise.all(made)), { mode: 0o600 });
  await rename(draft, join(folder, FILE));
}

let pairs: Promise<readonly JWK[]> | undefined;
let drawn = 0;

/** The next of them in turn, under an id of its own: as many in a row as there are differ. Without them, one made anew. */
export async function drawSigningKey(folder: string): Promise<SigningKey> {
  pairs ??= readFile(join(folder, FILE), "utf8").then(JSON.parse, () => []);
  const all = await pairs;
  const own = all[drawn % all.length];
  drawn += 1;
  if (own === undefined) return newSigningKey();
  const { kty, n, e } = own as JWK & { kty: string; n: string; e: string };
  const [privateKey, publicKey] = await Promise.all([
    importJWK(own, "RS256"),
    importJWK({ kty, n, e }, "RS256", { extractable: true }),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new Error("not a pair of keys");
  return { kid: newKeyId(), privateKey, publicKey };
}
