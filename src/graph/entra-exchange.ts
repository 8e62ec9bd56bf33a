import type { Agent } from "node:http";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import type { ClientSecretCredentialOptions } from "@azure/identity";

type PipelinePolicy = NonNullable<ClientSecretCredentialOptions["additionalPolicies"]>[number]["policy"];

export type AgentFor = (url: string) => Agent;

/** The last thing that happened between us and Entra's token service. */
export type EntraExchange =
  /** No request left us: the credential could not be made ready (certificate file, managed identity). */
  | { readonly kind: "nothing-sent" }
  /** Refused, dropped, or our time limit passed. */
  | { readonly kind: "no-answer" }
  | {
      readonly kind: "answered";
      /** `GET` is discovery, `POST` the request for the token itself. */
      readonly method: string;
      readonly status: number;
      readonly body: string;
    };

/** One request to Entra, its repetition included. */
const TIME_LIMIT_MS = 5_000;

/**
 * Watches the HTTP traffic of one credential, bounds it, and shows it the way out.
 *
 * `@azure/identity` reports every failed on-behalf-of exchange as `AuthenticationRequiredError`, with what Entra
 * said only in the message text; Microsoft asks to react to `error` and the codes of the answer instead
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). So we look at the answer itself.
 */
export function watchEntra(agentFor?: AgentFor): { readonly policy: PipelinePolicy; last(): EntraExchange } {
  let last: EntraExchange = { kind: "nothing-sent" };
  return {
    last: () => last,
    policy: {
      name: "latchkeyWatchEntra",
      async sendRequest(request, next) {
        // The library sets no time limit, and waits as long as a Retry-After says.
        request.abortSignal = AbortSignal.timeout(TIME_LIMIT_MS);
        // The library looks for a proxy by itself, and reads NO_PROXY in a way of its own.
        if (agentFor !== undefined) request.agent = agentFor(request.url);
        last = { kind: "no-answer" };
        const response = await next(request);
        last = {
          kind: "answered",
          method: request.method,
          status: response.status,
          body: response.bodyAsText ?? "",
        };
        return response;
      },
    },
  };
}

/** How long the library itself keeps what it was told of an authority, in milliseconds. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Where Entra takes requests for tokens, as it said last. The library asks for it with each new credential, and every
 * exchange has one of its own; so a person who presses Approve would wait for two answers of Entra instead of one.
 */
export function knownDiscovery(): PipelinePolicy {
  const known = new Map<string, { readonly text: string; readonly at: number }>();
  return {
    name: "latchkeyKnownDiscovery",
    async sendRequest(request, next) {
      const isDiscovery =
        request.method === "GET" && request.url.includes("/.well-known/openid-configuration");
      if (!isDiscovery) return next(request);
      const kept = known.get(request.url);
      if (kept !== undefined && performance.now() - kept.at < KEPT_MS)
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: kept.text };
      const response = await next(request);
      if (response.status === 200 && response.bodyAsText)
        known.set(request.url, { text: response.bodyAsText, at: performance.now() });
      return response;
    },
  };
}
