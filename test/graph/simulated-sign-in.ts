import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import type { Hold } from "../../simulators/http/hold.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { tenantId, UserAssertion } from "../../src/core/person.js";
import { type AppCredential, type EntraApp, entraApp } from "../../src/graph/entra-app.js";
import { testCertificates } from "../setup/test-certificates.js";

export const GRAPH_AUDIENCE = "https://graph.microsoft.com";

export interface SimulatedSignIn {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  /** The app with its secret. */
  readonly app: EntraApp;
  appWith(credential: AppCredential): EntraApp;
  /** What Teams sends with a click. */
  assertionOf(person: string): Promise<UserAssertion>;
}

/** The sample tenant's Entra, and the app registered there. */
export async function simulatedSignIn({ hold }: { readonly hold?: Hold } = {}): Promise<SimulatedSignIn> {
  const tenant = sampleTenant();
  const entra = await startEntra({ tenant, certificates: await testCertificates(), hold });
  const appWith = (credential: AppCredential) =>
    entraApp({
      tenantId: tenantId(tenant.tenantId),
      clientId: tenant.clientId,
      authorityHost: entra.url,
      credential,
    });
  return {
    tenant,
    entra,
    app: appWith({ kind: "secret", secret: tenant.clientSecret }),
    appWith,
    assertionOf: async (person) => new UserAssertion(await entra.issueSsoToken(person)),
  };
}

export { SAMPLE_PEOPLE };
