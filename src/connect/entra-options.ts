import { secretIn } from "../config/secret-files.js";
import type { Config } from "../config.js";
import { tenantId } from "../core/person.js";
import type { AppCredential, EntraAppOptions } from "../graph/entra-app.js";

/** The app registration as it is configured. */
export function entraOptions(config: Config): EntraAppOptions {
  const { tenantId: tenant, clientId, authorityHost } = config;
  return { tenantId: tenantId(tenant), clientId, authorityHost, credential: credentialOf(config) };
}

function credentialOf({ credential, tokenExchangeAudience: audience }: Config): AppCredential {
  switch (credential.kind) {
    case "secret":
      return secretOf(credential);
    case "managed-identity":
      return { ...credential, audience };
    case "certificate":
      return credential;
  }
}

/** From a file it is read at each sign-in: a new one is in force without a stop, and one that is half written is not. */
function secretOf({ secret, file }: Extract<Config["credential"], { kind: "secret" }>): AppCredential {
  let known = secret.reveal();
  return {
    kind: "secret",
    get secret() {
      const read = file === undefined ? undefined : secretIn(file);
      if (read !== undefined && "secret" in read) known = read.secret;
      return known;
    },
  };
}
