import { type EntraCode, EntraRefusal } from "./entra-error.js";

/** Faults by what they mean to a person; each stands for one AADSTS code. */
const CODES = {
  consentMissing: 65001,
  consentDeclined: 65004,
  mfaRequired: 50076,
  mfaEnrolmentRequired: 50079,
  externalChallenge: 50158,
  conditionalAccess: 53003,
  deviceNotCompliant: 53000,
  expiredAssertion: 500133,
  badAssertion: 50013,
  sessionRevoked: 50173,
  wrongSecret: 7000215,
  appNotFound: 700016,
  resourceNotFound: 500011,
  temporarilyUnavailable: 90033,
} as const satisfies Record<string, EntraCode>;

/** `silence` never answers, `drop` closes the connection, `garbage` answers 200 with a page of HTML. */
type TransportFault = "silence" | "drop" | "garbage";
export type EntraFault = keyof typeof CODES | TransportFault;
const GRANTS = ["client_credentials", "on_behalf_of", "authorization_code", "device_code"] as const;
export type Grant = (typeof GRANTS)[number];

export interface EntraFaultScope {
  /** Object id: only when exchanging this person's token. Everybody when left out. */
  readonly person?: string;
  /** Only this grant. Left out: what concerns a person applies to on-behalf-of only, the rest to every grant. */
  readonly grant?: Grant;
  /** Only for tokens to this audience, e.g. `https://api.botframework.com`. */
  readonly resource?: string;
  /** How many requests it strikes; until cleared when left out. */
  readonly times?: number;
}

export interface EntraFaultSubject {
  readonly grant: Grant;
  readonly resource: string | undefined;
  readonly person: string | undefined;
}

const ON_EVERY_GRANT: readonly EntraFault[] = [
  "wrongSecret",
  "appNotFound",
  "resourceNotFound",
  "temporarilyUnavailable",
  "silence",
  "drop",
  "garbage",
];

/** Answers of the token endpoint as they leave it: with another text, or another status as well. */
export type RewriteTokenAnswer = (
  text: string,
  grant: Grant,
) => { readonly text: string; readonly status?: number };

/** What goes wrong at the token endpoint; may be set and cleared at any time. */
export class EntraFaultBoard {
  /** Every answer that is sent goes through it, tokens and refusals, until it is taken away. */
  rewrite: RewriteTokenAnswer | undefined;
  readonly #armed: { fault: EntraFault; scope: EntraFaultScope; left: number }[] = [];

  /** Makes the fault strike from now on. Returns what takes it back. */
  set(fault: EntraFault, scope: EntraFaultScope = {}): () => void {
    const entry = { fault, scope, left: scope.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  /** Takes back one sort of fault, or all. */
  clear(fault?: EntraFault): void {
    for (const entry of this.#armed) if (fault === undefined || entry.fault === fault) entry.left = 0;
  }

  /** The fault that strikes this request, if one does: it is used up by one. */
  strike(subject: EntraFaultSubject): EntraFault | undefined {
    const entry = this.#armed.find(({ fault, scope, left }) => left > 0 && isMeant(fault, scope, subject));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.fault;
  }
}

function isMeant(fault: EntraFault, scope: EntraFaultScope, subject: EntraFaultSubject): boolean {
  const grants: readonly Grant[] =
    scope.grant !== undefined
      ? [scope.grant]
      : ON_EVERY_GRANT.includes(fault) && scope.person === undefined
        ? GRANTS
        : ["on_behalf_of"];
  return (
    grants.includes(subject.grant) &&
    (scope.person === undefined || scope.person === subject.person) &&
    (scope.resource === undefined || scope.resource === subject.resource)
  );
}

/** The refusal a fault stands for; undefined for those that spoil the transport instead. */
export function refusalOf(fault: EntraFault): EntraRefusal | undefined {
  return fault in CODES ? new EntraRefusal(CODES[fault as keyof typeof CODES]) : undefined;
}
