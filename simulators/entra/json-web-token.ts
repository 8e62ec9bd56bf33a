import {
  constants,
  createHmac,
  createSign,
  createVerify,
  generateKeyPair,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { promisify } from "node:util";

export type Claims = Readonly<Record<string, unknown>>;
export interface DecodedToken {
  readonly header: Claims;
  readonly claims: Claims;
  readonly signingInput: string;
  readonly signature: Buffer;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * How a token is signed. Everything but `valid` is an attack or an accident: `forged` uses a stranger's key under
 * the known key id, `unknown-key` a key nobody published, `none` no signature, `HS256` the public key as a secret.
 */
export type Signing = "valid" | "forged" | "unknown-key" | "none" | "HS256";

const makeKeyPair = promisify(generateKeyPair);

export async function newSigningKey(): Promise<SigningKey> {
  const pair = await makeKeyPair("rsa", { modulusLength: 2048 });
  return { kid: randomUUID().replaceAll("-", ""), ...pair };
}

/** The public half, as it is published in a key set. */
export function publicJwk(key: SigningKey): Record<string, unknown> {
  const { kty, n, e } = key.publicKey.export({ format: "jwk" });
  return { kty, use: "sig", alg: "RS256", kid: key.kid, x5t: key.kid, n, e };
}

/** Signs the claims the way asked. */
export async function signToken(
  key: SigningKey,
  claims: Claims,
  signing: Signing = "valid",
): Promise<string> {
  switch (signing) {
    case "valid":
      return signWith(key.privateKey, key.kid, claims);
    case "forged":
      return signWith((await newSigningKey()).privateKey, key.kid, claims);
    case "unknown-key": {
      const stranger = await newSigningKey();
      return signWith(stranger.privateKey, stranger.kid, claims);
    }
    case "none":
      return `${unsigned({ typ: "JWT", alg: "none", kid: key.kid }, claims)}.`;
    case "HS256": {
      const input = unsigned({ typ: "JWT", alg: "HS256", kid: key.kid }, claims);
      const secret = key.publicKey.export({ format: "pem", type: "spki" });
      return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    }
  }
}

function signWith(privateKey: KeyObject, kid: string, claims: Claims): string {
  const input = unsigned({ typ: "JWT", alg: "RS256", kid, x5t: kid }, claims);
  return `${input}.${createSign("RSA-SHA256").update(input).sign(privateKey, "base64url")}`;
}

function unsigned(header: Claims, claims: Claims): string {
  return `${encode(header)}.${encode(claims)}`;
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Takes a token apart without believing it; undefined when it is no token at all. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [header, claims, signature, ...more] = token.split(".");
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0)
    return undefined;
  try {
    return {
      header: JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as Claims,
      claims: JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Claims,
      signingInput: `${header}.${claims}`,
      signature: Buffer.from(signature, "base64url"),
    };
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

/** Whether the key made the signature, by one of the algorithms allowed (RS256, PS256). */
export function isSignedBy(
  token: DecodedToken,
  publicKey: KeyObject,
  algorithms: readonly string[],
): boolean {
  const algorithm = token.header.alg;
  if (typeof algorithm !== "string" || !algorithms.includes(algorithm)) return false;
  const padding = algorithm.startsWith("PS") ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const verifier = createVerify("RSA-SHA256").update(token.signingInput);
  return verifier.verify({ key: publicKey, padding }, token.signature);
}
