import type { AccessToken } from "@azure/identity";
import type { UserAssertion } from "../core/person.js";
import type { SignInFailed } from "../core/ports/acting.js";
import { isBearerToken } from "./bearer-token.js";
import { DelegatedToken } from "./delegated-token.js";
import {
  appCredential,
  type EntraAppOptions,
  type KnownEntra,
  managedIdentityAssertion,
  onBehalfOfCredential,
} from "./entra-credential.js";
import { knownDiscovery } from "./entra-exchange.js";
import { appSignInFault, translateSignInError } from "./translate-sign-in-error.js";

export type { AppCredential, EntraAppOptions } from "./entra-credential.js";

/** The app registration as Entra knows it: signs in as itself, and in the name of a person who clicked. */
export interface EntraApp {
  /**
   * The app's own access token for a scope such as `https://graph.microsoft.com/.default`; kept until shortly
   * before it expires. @throws Fault `app-sign-in-failed`, `app-consent-missing` or `entra-unavailable`
   */
  token(scope: string): Promise<string>;
  /** Exchanges the person's single sign-on token. Asks Entra each time: nothing of it is kept. Never throws. */
  onBehalfOf(person: UserAssertion, scopes: readonly string[]): Promise<DelegatedToken | SignInFailed>;
}

/** @throws TypeError when `authorityHost` is not an https URL */
export function entraApp(options: EntraAppOptions): EntraApp {
  if (new URL(options.authorityHost).protocol !== "https:") {
    throw new TypeError(`the authority must be https, not ${options.authorityHost}`);
  }
  const o: KnownEntra = { ...options, discovery: knownDiscovery() };
  const assertion = managedIdentityAssertion(o.credential);
  const signIns = new Map<string, () => Promise<string>>();
  return {
    token(scope) {
      let signIn = signIns.get(scope);
      if (signIn === undefined) {
        signIn = appSignIn(o, assertion, scope);
        signIns.set(scope, signIn);
      }
      return signIn();
    },
    async onBehalfOf(person, scopes) {
      const { credential, last } = onBehalfOfCredential(o, assertion, person);
      try {
        const { token, expiresOnTimestamp } = (await credential.getToken([...scopes])) ?? {};
        if (isBearerToken(token)) return new DelegatedToken(token, expiresOnTimestamp);
      } catch {
        // What went wrong is read from Entra's answer, below; see watchEntra.
      }
      const { traceId: _, ...trouble } = translateSignInError(last());
      return { kind: "sign-in-failed", ...trouble };
    },
  };
}

/**
 * From so long before a token expires on another one is asked for, by the next caller, who does not wait for it: longer
 * than a bot that is not used asks Graph for nothing.
 */
const RENEWED_BEFORE_EXPIRY_MS = 1_200_000;

/** In the last of it a caller waits for the new one: a request may be under way for a while. */
const SURE_BEFORE_EXPIRY_MS = 120_000;

/** A token with the times up to which it is given out, on the clock that people set and on the one that only grows. */
interface KeptToken {
  readonly token: string;
  readonly fresh: Moment;
  readonly sure: Moment;
  readonly good: Moment;
}
interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

/**
 * Signs in for one scope. Callers that come while a sign-in is under way share it. A token with some time left is
 * given out from here: the library looks through its whole cache, and one answer takes several requests to Graph.
 * It also believes the time of day, by which a token lives for ever when a person sets the clock back; so each sign-in
 * is by a new credential, with an empty cache.
 */
function appSignIn(o: KnownEntra, assertion: () => Promise<string>, scope: string) {
  let underWay: Promise<string> | undefined;
  let kept: KeptToken | undefined;
  async function signIn(): Promise<string> {
    const { credential, last } = appCredential(o, assertion);
    const asked = fromNow(0);
    try {
      const fetched = (await credential.getToken(scope)) ?? undefined;
      if (fetched !== undefined && isBearerToken(fetched.token)) {
        kept = wasSetSince(asked) ? undefined : keep(fetched);
        return fetched.token;
      }
    } catch {
      // What went wrong is read from Entra's answer, below; see watchEntra.
    }
    // Entra may come back before the token that is there is over.
    if (kept !== undefined && isBefore(kept.good)) return kept.token;
    throw appSignInFault(last());
  }
  return async () => {
    if (kept !== undefined && isBefore(kept.fresh)) return kept.token;
    underWay ??= signIn().finally(() => {
      underWay = undefined;
    });
    if (kept === undefined || !isBefore(kept.sure)) return underWay;
    // What failed is tried again by the next caller, and told once the token that is there is over.
    underWay.catch(() => {});
    return kept.token;
  };
}

function keep({
  token,
  expiresOnTimestamp,
  refreshAfterTimestamp = expiresOnTimestamp,
}: AccessToken): KeptToken {
  const now = Date.now();
  const life = expiresOnTimestamp - now;
  const renewed = Math.min(refreshAfterTimestamp - now, life - Math.min(RENEWED_BEFORE_EXPIRY_MS, life / 2));
  return { token, fresh: fromNow(renewed), sure: fromNow(life - SURE_BEFORE_EXPIRY_MS), good: fromNow(life) };
}

function fromNow(milliseconds: number): Moment {
  return { now: Date.now() + milliseconds, elapsed: performance.now() + milliseconds };
}

/** How far the clocks may go apart during one request and still be called the same. */
const APART_BY_MS = 1_000;

/** Whether the time of day was set since: the library reckons a token's end from when it asked. */
function wasSetSince({ now, elapsed }: Moment): boolean {
  return Math.abs(Date.now() - now - (performance.now() - elapsed)) > APART_BY_MS;
}

/** By both clocks: one can be set back, the other stands still while the machine sleeps. */
function isBefore({ now, elapsed }: Moment): boolean {
  return Date.now() < now && performance.now() < elapsed;
}
