import { DeviceCodeCredential } from "@azure/identity";
import { z } from "zod";
import { isBearerToken } from "./bearer-token.js";
import { DelegatedToken } from "./delegated-token.js";
import { type EntraAppOptions, watchedSettings } from "./entra-credential.js";
import type { EntraExchange } from "./entra-exchange.js";
import { translateSignInError } from "./translate-sign-in-error.js";

export interface DeviceCodeOptions extends Omit<EntraAppOptions, "credential"> {
  readonly scopes: readonly string[];
  /** Told what to enter where, in Entra's own words. */
  readonly onCode: (message: string) => void;
}

/** Why a sign-in on another device ended without a token. */
export type DeviceSignInProblem =
  /** The code was not entered in time. */
  | "expired"
  | "declined"
  /** Entra wants to be asked less often, which its library takes for an end. */
  | "slow-down"
  /** The app registration does not allow sign-in without a secret. */
  | "not-a-public-client"
  | "unknown-app"
  | "unknown-tenant"
  | "consent-missing"
  | "conditional-access"
  | "unavailable"
  | "unrecognised";

export interface DeviceSignInFailed {
  readonly kind: "sign-in-failed";
  readonly problem: DeviceSignInProblem;
  /** Entra's own code, e.g. `AADSTS65001`. */
  readonly entraCode?: string;
}

export interface DeviceSignIn {
  /** A token in the person's name: the same until it ends, and then another one. Never throws. */
  token(): Promise<DelegatedToken | DeviceSignInFailed>;
}

/** A request may be under way for a while. */
const SURE_BEFORE_EXPIRY_MS = 120_000;

/**
 * Signs a person in on another device: the way for a program in a terminal, which has no address that a browser could
 * be sent back to. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
 */
export function deviceCodeSignIn({
  tenantId,
  clientId,
  scopes,
  onCode,
  ...entra
}: DeviceCodeOptions): DeviceSignIn {
  const { settings, last } = watchedSettings(entra);
  const credential = new DeviceCodeCredential({
    ...settings,
    tenantId,
    clientId,
    userPromptCallback: ({ message }) => onCode(message),
  });
  let kept: { readonly token: DelegatedToken; readonly until: number } | undefined;
  return {
    async token() {
      if (kept !== undefined && Date.now() < kept.until) return kept.token;
      try {
        const { token, expiresOnTimestamp } = await credential.getToken([...scopes]);
        if (isBearerToken(token)) {
          kept = { token: new DelegatedToken(token), until: expiresOnTimestamp - SURE_BEFORE_EXPIRY_MS };
          return kept.token;
        }
      } catch {
        // What went wrong is read from Entra's answer, below; see watchEntra.
      }
      return failureIn(last());
    },
  };
}

const saidByEntra = z.object({ error: z.string() });

/** By Entra's word for it; documented for this grant, but for `slow_down`, which is RFC 8628's. */
const PROBLEM_OF_WORD: ReadonlyMap<string, DeviceSignInProblem> = new Map([
  // The library stops asking when the code's time is over.
  ["authorization_pending", "expired"],
  ["expired_token", "expired"],
  ["authorization_declined", "declined"],
  ["access_denied", "declined"],
  ["slow_down", "slow-down"],
]);
/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const PROBLEM_OF_CODE: ReadonlyMap<string, DeviceSignInProblem> = new Map([
  ["AADSTS7000218", "not-a-public-client"],
  ["AADSTS700016", "unknown-app"],
  ["AADSTS90002", "unknown-tenant"],
  ["AADSTS900021", "unknown-tenant"],
  ["AADSTS900023", "unknown-tenant"],
]);

function failureIn(exchange: EntraExchange): DeviceSignInFailed {
  const { problem, entraCode } = translateSignInError(exchange);
  const named =
    PROBLEM_OF_CODE.get(entraCode ?? "") ?? PROBLEM_OF_WORD.get(wordIn(exchange)) ?? PROBLEMS[problem];
  return {
    kind: "sign-in-failed",
    problem: named ?? "unrecognised",
    ...(entraCode === undefined ? {} : { entraCode }),
  };
}

const PROBLEMS: Readonly<Record<string, DeviceSignInProblem>> = {
  "consent-missing": "consent-missing",
  "conditional-access": "conditional-access",
  unavailable: "unavailable",
};

function wordIn(exchange: EntraExchange): string {
  if (exchange.kind !== "answered") return "";
  try {
    const read = saidByEntra.safeParse(JSON.parse(exchange.body));
    return read.success ? read.data.error : "";
  } catch {
    return ""; // A proxy's HTML page, say.
  }
}
