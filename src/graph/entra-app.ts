import type { UserAssertion } from "../core/person.js";
import type { SignInFailed } from "../core/ports.js";
import { DelegatedToken } from "./delegated-token.js";
import {
  appCredential,
  type EntraAppOptions,
  managedIdentityAssertion,
  onBehalfOfCredential,
} from "./entra-credential.js";
import { appSignInFault, translateSignInError } from "./translate-sign-in-error.js";

export type { AppCredential, EntraAppOptions } from "./entra-credential.js";

/** The app registration as Entra knows it: signs in as itself, and in the name of a person who clicked. */
export interface EntraApp {
  /**
   * The app's own access token for a scope such as `https://graph.microsoft.com/.default`; kept until shortly
   * before it expires. @throws Fault `app-sign-in-failed`
   */
  token(scope: string): Promise<string>;
  /** Exchanges the person's single sign-on token. Asks Entra each time: nothing of it is kept. Never throws. */
  onBehalfOf(person: UserAssertion, scopes: readonly string[]): Promise<DelegatedToken | SignInFailed>;
}

/** @throws TypeError when `authorityHost` is not an https URL */
export function entraApp(o: EntraAppOptions): EntraApp {
  if (new URL(o.authorityHost).protocol !== "https:") {
    throw new TypeError(`the authority must be https, not ${o.authorityHost}`);
  }
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
        const { token } = (await credential.getToken([...scopes])) ?? {};
        if (token !== undefined) return new DelegatedToken(token);
      } catch {
        // What went wrong is read from Entra's answer, below; see watchEntra.
      }
      const { problem, entraCode } = translateSignInError(last());
      return { kind: "sign-in-failed", problem, ...(entraCode === undefined ? {} : { entraCode }) };
    },
  };
}

/** Signs in for one scope. Callers that come while a sign-in is under way share it. */
function appSignIn(o: EntraAppOptions, assertion: () => Promise<string>, scope: string) {
  let watched = appCredential(o, assertion);
  let underWay: Promise<string> | undefined;
  async function signIn(): Promise<string> {
    try {
      const { token } = (await watched.credential.getToken(scope)) ?? {};
      if (token !== undefined) return token;
    } catch {
      // What went wrong is read from Entra's answer, below; see watchEntra.
    }
    const fault = appSignInFault(watched.last());
    // MSAL repeats a 429 or 5xx from its cache for a minute without asking again; a new credential does ask.
    watched = appCredential(o, assertion);
    throw fault;
  }
  return () => {
    underWay ??= signIn().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
