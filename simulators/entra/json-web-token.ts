import { type KeyObject, randomUUID } from "node:crypto";
import {
  base64url,
  type CryptoKey,
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
} from "jose";

export type Claims = Readonly<Record<string, unknown>>;
export interface DecodedToken {
  readonly header: Claims;
  readonly claims: Claims;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/**
 * How a token is signed. Everything but `valid` is an attack or an accident: `forged` uses a stranger's key under
 * the known key id, `unknown-key` a key nobody published, `none` no signature, `HS256` the public key as a secret.
 */
export type Signing = "valid" | "forged" | "unknown-key" | "none" | "HS256";

/** Where the keys of a simulated Entra come from. */
export interface KeyMaker {
  /** No two in a row are alike. */
  newSigningKey(): Promise<SigningKey>;
}

/** Takes a quarter of a second of processor time. */
export async function newSigningKey(): Promise<SigningKey> {
  const pair = await generateKeyPair("RS256");
  return { kid: newKeyId(), ...pair };
}

/** By no other key of this run. */
export const newKeyId = (): string => randomUUID().replaceAll("-", "");

/** The public half, as it is published in a key set. */
export async function publicJwk({ kid, publicKey }: SigningKey): Promise<Claims> {
  const { kty, n, e } = await exportJWK(publicKey);
  return { kty, use: "sig", alg: "RS256", kid, x5t: kid, n, e };
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
      return `${[{ typ: "JWT", alg: "none", kid: key.kid }, claims].map(encode).join(".")}.`;
    case "HS256": {
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
      return new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "HS256", kid: key.kid }).sign(secret);
    }
  }
}

const signWith = (privateKey: CryptoKey, kid: string, claims: Claims): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "RS256", kid, x5t: kid }).sign(privateKey);

const encode = (part: Claims): string => base64url.encode(JSON.stringify(part));

/** Takes a token apart without believing it; undefined when it is no token at all. */
export function decodeToken(token: string): DecodedToken | undefined {
  try {
    return { header: { ...decodeProtectedHeader(token) }, claims: decodeJwt(token) };
  } catch (problem) {
    if (problem instanceof TypeError || problem instanceof errors.JOSEError) return undefined;
    throw problem;
  }
}

/** Whether the key made the signature, by one of the algorithms allowed (RS256, PS256). */
export async function isSignedBy(
  token: string,
  publicKey: CryptoKey | KeyObject,
  algorithms: readonly string[],
): Promise<boolean> {
  try {
    await compactVerify(token, publicKey, { algorithms: [...algorithms] });
    return true;
  } catch (problem) {
    if (problem instanceof errors.JOSEError) return false;
    throw problem;
  }
}
