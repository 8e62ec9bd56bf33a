/** The addresses of one Microsoft cloud. */
export interface CloudAddresses {
  /** Where Entra signs people and apps in. */
  readonly authorityHost: string;
  /** Who issues version 1 tokens: this and the tenant's id. */
  readonly tokenIssuerV1: string;
  /** For whom a managed identity's token is when it stands in for the app's secret. */
  readonly tokenExchangeAudience: string;
  readonly graphUrl: string;
  /** Audience of Graph tokens: the cloud's own Graph, even when `graphUrl` is overridden. */
  readonly graphAudience: string;
  readonly botOpenIdMetadataUrl: string;
  readonly botTokenIssuer: string;
  /** Scope of outbound bot tokens. */
  readonly botScope: string;
  /** Scope of tokens for Azure Database for PostgreSQL. */
  readonly databaseScope: string;
  /** The Entra admin center, for links that administrators follow. */
  readonly adminCenterUrl: string;
  /** Where people see to their own sign-in methods. */
  readonly securityInfoUrl: string;
}

// Both government clouds share Entra and the Bot Framework; each has a Graph of its own.
const government = {
  authorityHost: "https://login.microsoftonline.us",
  tokenIssuerV1: "https://sts.windows.net",
  tokenExchangeAudience: "api://AzureADTokenExchangeUSGov",
  botOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
  botTokenIssuer: "https://api.botframework.us",
  botScope: "https://api.botframework.us/.default",
  databaseScope: "https://ossrdbms-aad.database.usgovcloudapi.net/.default",
  adminCenterUrl: "https://entra.microsoft.us",
  securityInfoUrl: "https://mysignins.azure.us/security-info",
};

/**
 * What each value of `CLOUD` stands for. Sources:
 * - Entra and Graph: https://learn.microsoft.com/graph/deployments
 * - token exchange: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 * - bots of US Government: https://learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high, and
 *   botframework-connector's GovernmentConstants; of China:
 *   https://docs.azure.cn/bot-service/how-to-deploy-china-cloud
 * - databases: the Azure command line's `azure/cli/core/cloud.py`
 * - admin centers: the allow list in https://learn.microsoft.com/entra/fundamentals/faq
 * - people's own sign-in methods: no table names all clouds. That of US Government is among the addresses at which
 *   Microsoft's sign-in library for Android lets a passkey be made
 *   (AzureAD/microsoft-authentication-library-common-for-android); that of China is named by its support.
 */
export const CLOUDS = {
  public: {
    authorityHost: "https://login.microsoftonline.com",
    tokenIssuerV1: "https://sts.windows.net",
    tokenExchangeAudience: "api://AzureADTokenExchange",
    graphUrl: "https://graph.microsoft.com",
    graphAudience: "https://graph.microsoft.com",
    botOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
    botTokenIssuer: "https://api.botframework.com",
    botScope: "https://api.botframework.com/.default",
    databaseScope: "https://ossrdbms-aad.database.windows.net/.default",
    adminCenterUrl: "https://entra.microsoft.com",
    securityInfoUrl: "https://aka.ms/mysecurityinfo",
  },
  usgov: {
    graphUrl: "https://graph.microsoft.us",
    graphAudience: "https://graph.microsoft.us",
    ...government,
  },
  usgovdod: {
    graphUrl: "https://dod-graph.microsoft.us",
    graphAudience: "https://dod-graph.microsoft.us",
    ...government,
  },
  china: {
    authorityHost: "https://login.partner.microsoftonline.cn",
    tokenIssuerV1: "https://sts.chinacloudapi.cn",
    tokenExchangeAudience: "api://AzureADTokenExchangeChina",
    graphUrl: "https://microsoftgraph.chinacloudapi.cn",
    graphAudience: "https://microsoftgraph.chinacloudapi.cn",
    botOpenIdMetadataUrl: "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
    botTokenIssuer: "https://api.botframework.azure.cn",
    botScope: "https://api.botframework.azure.cn/.default",
    databaseScope: "https://ossrdbms-aad.database.chinacloudapi.cn/.default",
    adminCenterUrl: "https://entra.microsoftonline.cn",
    securityInfoUrl: "https://mysignins.windowsazure.cn/security-info",
  },
} as const satisfies Record<string, CloudAddresses>;

export type Cloud = keyof typeof CLOUDS;
