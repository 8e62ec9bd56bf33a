import { randomUUID } from "node:crypto";
import {
  type Claims,
  type DecodedToken,
  decodeToken,
  isSignedBy,
  type KeyMaker,
  type Signing,
  type SigningKey,
  signToken,
} from "./json-web-token.js";

/** What is wrong with a token, if anything. */
type TokenProblem = "malformed" | "signature" | "not-yet-valid" | "expired";
export type TokenVerdict =
  | { readonly kind: "good"; readonly claims: Claims }
  | { readonly kind: "bad"; readonly problem: TokenProblem; readonly claims?: Claims };

/** Entra's own tolerance between clocks. */
const SKEW_SECONDS = 300;

/** The tenant's signing key, and everything ever signed with it. */
export class TokenAuthority {
  readonly key: SigningKey;
  /** Every token and secret handed out, to look for in places where none may be. */
  readonly issued = new Set<string>();
  /** Tokens found to be well signed: one is presented thousands of times, and a scan must not wait for that here. */
  readonly #ours = new Set<string>();

  private constructor(key: SigningKey) {
    this.key = key;
  }

  static async create({ newSigningKey }: KeyMaker): Promise<TokenAuthority> {
    return new TokenAuthority(await newSigningKey());
  }

  /** Signs claims valid for `expiresIn` seconds (negative: expired already), from `validFrom` seconds on. */
  async issue(
    claims: Claims,
    life: { expiresIn?: number | undefined; validFrom?: number | undefined } = {},
    signing: Signing = "valid",
    key: SigningKey = this.key,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const exp = now + (life.expiresIn ?? 3599);
    const nbf = life.validFrom === undefined ? Math.min(now - 5, exp - 3600) : now + life.validFrom;
    const times = { iat: Math.min(now, nbf), nbf, exp, uti: randomUUID() };
    const token = await signToken(key, { ...times, ...claims }, signing);
    this.issued.add(token);
    return token;
  }

  /** Keeps a secret that is no token (a client secret, a refresh token) for the same look. */
  noteSecret(secret: string): void {
    this.issued.add(secret);
  }

  async examine(token: string, skewSeconds = 0): Promise<TokenVerdict> {
    const decoded = decodeToken(token);
    if (decoded === undefined) return { kind: "bad", problem: "malformed" };
    if (!(await this.#isOurs(token, decoded))) return { kind: "bad", problem: "signature" };
    return examineTimes(decoded, skewSeconds);
  }

  async #isOurs(token: string, { header }: DecodedToken): Promise<boolean> {
    if (this.#ours.has(token)) return true;
    const ours = header.kid === this.key.kid && (await isSignedBy(token, this.key.publicKey, ["RS256"]));
    if (ours) this.#ours.add(token);
    return ours;
  }
}

/** Whether now lies between `nbf` and `exp`. A token without `exp` counts as expired. */
export function examineTimes({ claims }: DecodedToken, skewSeconds = SKEW_SECONDS): TokenVerdict {
  const now = Date.now() / 1000;
  const { nbf, exp } = claims;
  if (typeof nbf === "number" && nbf > now + skewSeconds)
    return { kind: "bad", problem: "not-yet-valid", claims };
  if (typeof exp !== "number" || exp < now - skewSeconds) return { kind: "bad", problem: "expired", claims };
  return { kind: "good", claims };
}
