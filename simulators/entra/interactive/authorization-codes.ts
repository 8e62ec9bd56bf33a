import { createHash, randomBytes } from "node:crypto";
import { EntraRefusal } from "../entra-error.js";
import type { TokenAuthority } from "../token-authority.js";
import type { AuthorizeRequest, CodeChallenge } from "./authorize-request.js";
import type { Session } from "./sessions.js";

/** What a code stands for. */
export interface CodeGrant {
  readonly request: AuthorizeRequest;
  readonly person: string;
  readonly signedIn: Session;
}

const GOOD_FOR_MS = 10 * 60_000;

/** The codes that were given out: each is good for ten minutes, once, where it was asked for, and with its verifier. */
export class AuthorizationCodes {
  readonly #given = new Map<string, { readonly grant: CodeGrant; readonly at: number; used: boolean }>();
  readonly #authority: Pick<TokenAuthority, "noteSecret">;

  constructor(authority: Pick<TokenAuthority, "noteSecret">) {
    this.#authority = authority;
  }

  give(grant: CodeGrant): string {
    const code = `1.${randomBytes(48).toString("base64url")}`;
    this.#given.set(code, { grant, at: Date.now(), used: false });
    this.#authority.noteSecret(code);
    return code;
  }

  /** @throws EntraRefusal; a code that was shown with the wrong verifier or address is used up as well */
  redeem(form: URLSearchParams): CodeGrant {
    const given = this.#given.get(form.get("code") ?? "");
    if (given === undefined) throw new EntraRefusal(70000);
    if (given.used) throw new EntraRefusal(54005);
    given.used = true;
    if (Date.now() > given.at + GOOD_FOR_MS) throw new EntraRefusal(70008);
    const { redirectUri, challenge } = given.grant.request;
    if (form.get("redirect_uri") !== redirectUri) throw new EntraRefusal(500112);
    if (!isMet(challenge, form.get("code_verifier"))) throw new EntraRefusal(501481);
    return given.grant;
  }
}

function isMet(challenge: CodeChallenge | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  if (verifier === null) return false;
  return (
    challenge.value ===
    (challenge.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url"))
  );
}
