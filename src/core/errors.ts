import type { RefusalReason } from "./refusal-reason.js";

/**
 * What went wrong outside, told apart by what a person can do about it. Everything of Graph's here was read with the
 * app's own identity, so none of it is about the rights of the person who acts: see {@link WriteFaultCode}.
 */
export type FaultCode =
  /** Graph understood and said no to the app (403): a permission, or the consent to it, is missing. */
  | "graph-denied"
  /** Graph did not accept the app's token (401). */
  | "graph-unauthorized"
  /** Graph says the tenant lacks a licence for this read (403 with its own code). */
  | "graph-no-licence"
  | "graph-not-found"
  | "graph-bad-request"
  | "graph-conflict"
  | "graph-throttled"
  /** Graph answered with a 5xx. */
  | "graph-unavailable"
  /** No answer: connection refused or dropped. */
  | "graph-unreachable"
  /** No answer within our time limit: a second try fares no better while Graph is that slow. */
  | "graph-too-slow"
  /** Graph answered with something we cannot read. */
  | "graph-unreadable"
  /** The policy lacks or contradicts something that must be known before anything is proposed. */
  | "policy-unreadable"
  /** Entra did not take the app's own sign-in. */
  | "app-sign-in-failed"
  /** The app is not, or no longer, consented to in this tenant. */
  | "app-consent-missing"
  /** Entra did not answer when the app signed in, or said that it cannot at the moment. */
  | "entra-unavailable"
  | "store-unavailable"
  /** `EMERGENCY_ACCOUNTS` names what is not there, or what cannot be read for good. */
  | "emergency-accounts-unsure"
  /** What the store holds is not what this program put there, or cannot be read as that. */
  | "store-altered"
  /** The store lacks records that this process has seen in it: it was put back to an earlier state. */
  | "store-put-back"
  /** This process stood still, or something it waited for was slow, so that a write is not sent any more. */
  | "too-late"
  /** The process that waited with a write, as Graph had asked, ended before it was sent again. */
  | "wait-interrupted";

/** Why Graph did not take a write, which is sent with the approver's own rights. Nothing was written in any of them. */
export type WriteFaultCode =
  /** 403: the approver may not change the policy. */
  | "write-denied"
  /** 401: the approver's token was not accepted. */
  | "write-unauthorized"
  | "write-throttled"
  /** 503, and reading showed nothing written. */
  | "write-unavailable"
  /** 409 or 412: another writer was at it in the same moment. */
  | "write-conflict";

export interface FaultDetail {
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Graph's own id of the request, for a support case. */
  readonly requestId?: string;
  /** Entra's own code, e.g. `AADSTS7000215`. */
  readonly entraCode?: string;
  /** How long the service asked us to wait, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** Something outside failed. Refusals ("not an approver") are values of type {@link Refusal}, never this. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly entraCode: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  constructor(code: FaultCode, message: string, detail: FaultDetail = {}) {
    super(message, { cause: detail.cause });
    this.code = code;
    this.status = detail.status;
    this.requestId = detail.requestId;
    this.entraCode = detail.entraCode;
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** Why acting in the approver's name was not possible: the on-behalf-of exchange or the sign-in in a browser failed. */
export type SignInProblem =
  /** The browser is signed in with another account than the one that pressed. */
  | "other-account"
  /** The person turned back, or declined consent. */
  | "cancelled"
  | "consent-missing"
  | "mfa-required"
  | "assertion-expired"
  | "assertion-rejected"
  | "conditional-access"
  | "app-credential-rejected"
  | "unavailable"
  | "unrecognised";

/** A "no" with its reason. A value: returned, never thrown. Its words are in `teams/words/refusal-text.ts`. */
export type Refusal = { readonly kind: "refusal" } & RefusalReason;

export function refuse<R extends RefusalReason>(reason: R): { readonly kind: "refusal" } & R {
  return { kind: "refusal", ...reason };
}

/** Makes a `switch` over a union fail to compile when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
