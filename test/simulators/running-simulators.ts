import {
  type EntraOptions,
  type SimulatedEntra,
  startEntra,
} from "../../simulators/entra/simulated-entra.js";
import {
  type GraphOptions,
  type SimulatedGraph,
  startGraph,
} from "../../simulators/graph/simulated-graph.js";
import {
  SAMPLE_PEOPLE,
  type SampleTenantOptions,
  sampleTenant,
} from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { testCertificates } from "../setup/test-certificates.js";

const APP_SCOPE = "https://graph.microsoft.com/.default";
const WRITE_SCOPE =
  "https://graph.microsoft.com/Policy.ReadWrite.AuthenticationMethod https://graph.microsoft.com/User.Read";
export const POLICY_PATH =
  "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
export const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

export interface SimulatorsOptions {
  readonly tenant?: SampleTenantOptions;
  readonly entra?: Partial<EntraOptions>;
  readonly graph?: Partial<GraphOptions>;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
/** A body as tests read it: which members are there depends on what was asked. */
export interface ParsedBody {
  readonly [name: string]: unknown;
  readonly value: readonly Readonly<Record<string, unknown>>[];
  readonly error: { readonly code: string; readonly message: string };
  readonly "@odata.nextLink"?: string;
}
interface ParsedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ParsedBody;
}

export interface RunningSimulators {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  askForToken(form: Record<string, string>): Promise<TokenAnswer>;
  appToken(): Promise<string>;
  tokenFor(personId: string, scope?: string): Promise<string>;
  get(path: string, token: string, headers?: Record<string, string>): Promise<ParsedAnswer>;
  patchPolicy(body: unknown, token: string): Promise<ParsedAnswer>;
  close(): Promise<void>;
}

/** Entra and Graph over one small sample tenant, and the calls a bot would make. */
export async function runSimulators(options: SimulatorsOptions = {}): Promise<RunningSimulators> {
  const tenant = sampleTenant({ people: 12, ...options.tenant });
  const certificates = await testCertificates();
  const entra = await startEntra({ tenant, certificates, ...options.entra });
  const graph = await startGraph({ tenant, entra, certificates, ...options.graph });
  const { clientId: client_id, clientSecret: client_secret, tenantId } = tenant;

  async function askForToken(form: Record<string, string>): Promise<TokenAnswer> {
    const body = new URLSearchParams({ client_id, client_secret, ...form });
    const response = await fetch(`${entra.url}/${tenantId}/oauth2/v2.0/token`, { method: "POST", body });
    return { status: response.status, body: (await response.json()) as TokenAnswer["body"] };
  }
  async function grantedToken(form: Record<string, string>): Promise<string> {
    const { status, body } = await askForToken(form);
    if (status !== 200) throw new Error(`no token: ${String(body.error_description)}`);
    return String(body.access_token);
  }
  async function call(path: string, init: RequestInit): Promise<ParsedAnswer> {
    const response = await fetch(path.startsWith("https:") ? path : `${graph.url}${path}`, init);
    const text = await response.text();
    const body = (text === "" ? {} : JSON.parse(text)) as ParsedBody;
    return { status: response.status, headers: response.headers, body };
  }
  return {
    tenant,
    entra,
    graph,
    askForToken,
    appToken: () => grantedToken({ grant_type: "client_credentials", scope: APP_SCOPE }),
    tokenFor: async (personId, scope = WRITE_SCOPE) =>
      grantedToken(onBehalfOf(await entra.issueSsoToken(personId), scope)),
    get: (path, token, headers = {}) =>
      call(path, { headers: { Authorization: `Bearer ${token}`, ...headers } }),
    patchPolicy: (body, token) =>
      call(POLICY_PATH, {
        method: "PATCH",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    close: async () => {
      await graph.close();
      await entra.close();
    },
  };
}

/** The form of an on-behalf-of request. */
export function onBehalfOf(assertion: string, scope = WRITE_SCOPE): Record<string, string> {
  return {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    requested_token_use: "on_behalf_of",
    assertion,
    scope,
  };
}

/** Grace may write the policy; the token says so. */
export const approverToken = (simulators: RunningSimulators): Promise<string> =>
  simulators.tokenFor(SAMPLE_PEOPLE.grace.id);
