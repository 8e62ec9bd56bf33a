import { createHash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ConfidentialClientApplication, type INetworkModule, type NodeAuthOptions } from "@azure/msal-node";
import { isBearerToken } from "./bearer-token.js";
import type { EntraAppOptions, ManagedIdentityAssertion } from "./entra-credential.js";
import type { EntraExchange } from "./entra-exchange.js";

/** What a code is exchanged with. */
export interface CodeToExchange {
  readonly code: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** What came of it. The claims are those of the id token: Entra's word, straight from Entra, for whose sign-in it was. */
interface ExchangedCode {
  readonly accessToken: string;
  /** When it ends, in milliseconds since 1970; undefined: Entra did not say. */
  readonly endsAtMs: number | undefined;
  readonly scopes: readonly string[];
  readonly idClaims: Readonly<Record<string, unknown>>;
}

/** One request to Entra, discovery or exchange. */
const TIME_LIMIT_MS = 5_000;

/**
 * Exchanges a code, by a client of its own whose cache goes with it. `@azure/identity` takes a code with a secret alone, and
 * no verifier; the library below it takes both with each sort of credential.
 * @returns undefined where it did not work: `last` says what Entra said
 */
export async function exchangeCode(
  o: EntraAppOptions,
  assertion: ManagedIdentityAssertion,
  { code, verifier, nonce, redirectUri, scopes }: CodeToExchange,
): Promise<{ readonly exchanged: ExchangedCode | undefined; readonly last: EntraExchange }> {
  const { network, last } = watchedNetwork();
  try {
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: o.clientId,
        authority: `${o.authorityHost}/${o.tenantId}`,
        // As configured: no other service is asked whether it is an authority.
        knownAuthorities: [new URL(o.authorityHost).host],
        ...(await proofOf(o, assertion)),
      },
      system: { networkClient: network },
    });
    const {
      accessToken,
      expiresOn,
      scopes: granted,
      idTokenClaims,
    } = await client.acquireTokenByCode(
      { code, codeVerifier: verifier, redirectUri, scopes: [...scopes] },
      { code, nonce },
    );
    if (!isBearerToken(accessToken)) return { exchanged: undefined, last: last() };
    return {
      exchanged: {
        accessToken,
        endsAtMs: expiresOn?.getTime(),
        scopes: granted,
        idClaims: { ...idTokenClaims },
      },
      last: last(),
    };
  } catch {
    // What went wrong is read from Entra's answer: see watchEntra.
    return { exchanged: undefined, last: last() };
  }
}

/** How the app proves that it is itself. @throws Error when that cannot be read or fetched */
async function proofOf(
  { credential }: EntraAppOptions,
  assertion: ManagedIdentityAssertion,
): Promise<Partial<NodeAuthOptions>> {
  switch (credential.kind) {
    case "secret":
      return { clientSecret: credential.secret };
    case "certificate": {
      const pem = await readFile(credential.path, "utf8");
      const thumbprintSha256 = createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
      return { clientCertificate: { thumbprintSha256, privateKey: privateKeyIn(pem) } };
    }
    case "managed-identity":
      return { clientAssertion: () => assertion() };
  }
}

function privateKeyIn(pem: string): string {
  const found = /-----BEGIN (?:\w+ )?PRIVATE KEY-----[^-]+-----END (?:\w+ )?PRIVATE KEY-----/.exec(pem)?.[0];
  if (found === undefined) throw new Error("the certificate's file holds no private key");
  return found;
}

/** The library's requests, with a time limit and without a repetition: a code is good once. */
function watchedNetwork(): { readonly network: INetworkModule; last(): EntraExchange } {
  let last: EntraExchange = { kind: "nothing-sent" };
  async function send<T>(url: string, init: RequestInit & { readonly method: string }) {
    last = { kind: "no-answer" };
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    const response = await fetch(url, { ...init, redirect: "error", signal });
    const text = await response.text();
    last = { kind: "answered", method: init.method, status: response.status, body: text };
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: JSON.parse(text) as T };
  }
  return {
    last: () => last,
    network: {
      sendGetRequestAsync: (url, options) => send(url, { method: "GET", headers: options?.headers ?? {} }),
      sendPostRequestAsync: (url, options) =>
        send(url, { method: "POST", headers: options?.headers ?? {}, body: options?.body ?? "" }),
    },
  };
}
