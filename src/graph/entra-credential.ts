import * as http from "node:http";
import * as https from "node:https";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  OnBehalfOfCredential,
  type TokenCredential,
} from "@azure/identity";
import { within } from "../async/within.js";
import type { TenantId, UserAssertion } from "../core/person.js";
import { type AgentFor, type EntraExchange, type knownDiscovery, watchEntra } from "./entra-exchange.js";

/** How the app proves to Entra that it is itself. */
export type AppCredential =
  | { readonly kind: "secret"; readonly secret: string }
  /** A PEM file with the certificate and its private key. */
  | { readonly kind: "certificate"; readonly path: string }
  /** A user-assigned managed identity, trusted by the app registration as a federated credential. */
  | {
      readonly kind: "managed-identity";
      readonly clientId: string;
      /** For whom its token is, as in the federated credential: each cloud has its own. */
      readonly audience: string;
    };

export interface EntraAppOptions {
  readonly tenantId: TenantId;
  readonly clientId: string;
  /** Base URL of Entra's sign-in service, https. */
  readonly authorityHost: string;
  readonly credential: AppCredential;
  /** The way out to an address; undefined: directly. */
  readonly agentFor?: AgentFor | undefined;
}

/** The same with what is shared by all credentials that are made of it. */
export interface KnownEntra extends EntraAppOptions {
  readonly discovery: ReturnType<typeof knownDiscovery>;
}

/** A credential and what it last heard from Entra. */
export interface WatchedCredential {
  readonly credential: TokenCredential;
  last(): EntraExchange;
}

/** Fetches the managed identity's token that stands in for a secret. */
export type ManagedIdentityAssertion = () => Promise<string>;

/** Hosts whose metadata the library knows; any other authority is taken at its word, as configured. */
const MICROSOFT_HOSTS: ReadonlySet<string> = new Set([
  "login.microsoftonline.com",
  "login.microsoft.com",
  "login.windows.net",
  "sts.windows.net",
  "login.microsoftonline.us",
  "login-us.microsoftonline.com",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
]);

const ASSERTION_TIME_LIMIT_MS = 5_000;

/** The app's own credential. */
export function appCredential(o: KnownEntra, assertion: ManagedIdentityAssertion): WatchedCredential {
  const { settings, last } = watched(o);
  switch (o.credential.kind) {
    case "secret": {
      const { secret } = o.credential;
      return { last, credential: new ClientSecretCredential(o.tenantId, o.clientId, secret, settings) };
    }
    case "certificate": {
      const { path } = o.credential;
      return { last, credential: new ClientCertificateCredential(o.tenantId, o.clientId, path, settings) };
    }
    case "managed-identity":
      return {
        last,
        credential: new ClientAssertionCredential(o.tenantId, o.clientId, assertion, settings),
      };
  }
}

/** A credential that exchanges one person's token. It has a token cache of its own, so no two people share one. */
export function onBehalfOfCredential(
  o: KnownEntra,
  assertion: ManagedIdentityAssertion,
  person: UserAssertion,
): WatchedCredential {
  const { settings, last } = watched(o);
  const common = {
    ...settings,
    tenantId: o.tenantId,
    clientId: o.clientId,
    userAssertionToken: person.reveal(),
  };
  switch (o.credential.kind) {
    case "secret": {
      const { secret: clientSecret } = o.credential;
      return { last, credential: new OnBehalfOfCredential({ ...common, clientSecret }) };
    }
    case "certificate": {
      const { path: certificatePath } = o.credential;
      return { last, credential: new OnBehalfOfCredential({ ...common, certificatePath }) };
    }
    case "managed-identity":
      return { last, credential: new OnBehalfOfCredential({ ...common, getAssertion: assertion }) };
  }
}

/**
 * The managed identity's token for Entra's token exchange
 * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity).
 */
export function managedIdentityAssertion(credential: AppCredential): ManagedIdentityAssertion {
  if (credential.kind !== "managed-identity") {
    return () => Promise.reject(new Error("this app does not sign in with a managed identity"));
  }
  const { clientId, audience } = credential;
  const identity = new ManagedIdentityCredential({
    clientId,
    retryOptions: { maxRetries: 1 },
    httpClient: DIRECTLY,
  });
  return async () => {
    // Where there is no identity endpoint, connecting to it can hang without end.
    const asked = identity.getToken(`${audience}/.default`);
    const token = await within(asked, ASSERTION_TIME_LIMIT_MS);
    if (token === undefined) throw new Error("the managed identity did not answer");
    return token.token;
  };
}

/** The machine's own endpoint is behind no proxy; the library would go through the one in the environment. */
const DIRECTLY: HttpClient = {
  sendRequest(request) {
    request.agent = request.url.startsWith("https:") ? https.globalAgent : http.globalAgent;
    return createDefaultHttpClient().sendRequest(request);
  },
};

function watched(o: KnownEntra) {
  const { settings, last } = watchedSettings(o);
  const { additionalPolicies } = settings;
  const known = { policy: o.discovery, position: "perCall" as const };
  return { last, settings: { ...settings, additionalPolicies: [known, ...additionalPolicies] } };
}

/** What every credential is made with, and what it last heard from Entra. */
export function watchedSettings(o: Pick<EntraAppOptions, "authorityHost" | "agentFor">) {
  const { policy, last } = watchEntra(o.agentFor);
  return {
    last,
    settings: {
      authorityHost: o.authorityHost,
      disableInstanceDiscovery: !MICROSOFT_HOSTS.has(new URL(o.authorityHost).hostname),
      retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 500 },
      additionalPolicies: [{ policy, position: "perCall" as const }],
    },
  };
}
