import type { CarriedSignIn } from "../access/sign-in-demands.js";
import type { SignInProblem } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { AuthorizationCode, Instant, PersonId, UserAssertion } from "../person.js";
import type { Journey } from "../sign-in/journey.js";

/** Turns the clicking person's token into a writer that acts as that person, for one click. */
export interface ActAs {
  onBehalfOf(assertion: UserAssertion): Promise<SignedIn | SignInFailed>;
}

/** The same by way of a browser, where Teams cannot sign the person in by itself. */
export interface BrowserSignIn {
  /** Where the person signs in, for the rights that a write takes and no other. */
  address(journey: Journey, wanted: WantedSignIn): string;
  /** Exchanges what the browser came back with for a writer that acts as this person. Nothing of it is kept. Never throws. */
  exchange(journey: Journey, person: PersonId, answer: BrowserAnswer): Promise<SignedIn | SignInFailed>;
}
export interface WantedSignIn {
  /** What Entra demanded before. */
  readonly claims?: string;
  /** What the browser knows is not enough: Entra asks which account, or for everything anew. */
  readonly prompt?: "select_account" | "login";
  /** The account that is offered at first, by the name it signs in with. What comes back is checked all the same. */
  readonly account?: string;
  /** Authentication contexts that the sign-in has to carry. */
  readonly contexts?: readonly string[];
}
/** With what Entra sent a browser back. */
export type BrowserAnswer =
  | { readonly kind: "code"; readonly code: AuthorizationCode }
  /** Entra's own words for what was wrong; none of them is shown or kept. */
  | {
      readonly kind: "error";
      readonly error: string;
      readonly subcode: string;
      readonly description: string;
    };
export interface SignedIn {
  readonly kind: "signed-in";
  readonly writer: PolicyWriter;
  /** What a sign-in in a browser carried; Teams' own tells nothing. */
  readonly carried?: CarriedSignIn;
}
export interface SignInFailed {
  readonly kind: "sign-in-failed";
  readonly problem: SignInProblem;
  /** Entra's own code, e.g. `AADSTS65001`. */
  readonly entraCode?: string;
  /** What Entra demands, for it to be met in a browser; JSON of Entra's own. */
  readonly claims?: string;
}

/** Writes the policy as the person it was made for. Never repeats a request by itself. */
export interface PolicyWriter {
  /** When its rights end; left out: that is not known. */
  readonly rightsEnd?: Instant;
  /** @param clientRequestId our own GUID for the request, recorded before it is sent. Never throws for what Graph or the network did. */
  patchPolicy(body: JsonObject, clientRequestId: string): Promise<WriteResult>;
}

export type WriteResult =
  /** Graph answered 2xx. That is not yet success: see docs/adr/0004. */
  | { readonly kind: "accepted"; readonly requestId?: string }
  /** Graph answered and wrote nothing: 400, 401, 403, 404, 409, 412, 429, 503. */
  | {
      readonly kind: "declined";
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly requestId?: string;
      readonly retryAfterSeconds?: number;
      /** What a sign-in has to bring for Graph to take it; JSON of Graph's own. */
      readonly claims?: string;
    }
  /** No answer, a dropped connection, another 5xx: it may or may not have been written. */
  | { readonly kind: "unclear"; readonly why: string; readonly requestId?: string };
