/** The addresses of one Microsoft cloud. */
export interface CloudAddresses {
  /** Where Entra signs people and apps in. */
  readonly authorityHost: string;
  readonly graphUrl: string;
  /** Audience of Graph tokens: the cloud's own Graph, even when `graphUrl` is overridden. */
  readonly graphAudience: string;
  readonly botOpenIdMetadataUrl: string;
  readonly botTokenIssuer: string;
  /** Scope of outbound bot tokens. */
  readonly botScope: string;
  /** Scope of tokens for Azure Database for PostgreSQL. */
  readonly databaseScope: string;
}

// What concerns the bot is as in botframework-connector's GovernmentConstants.
const government = {
  botOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
  botTokenIssuer: "https://api.botframework.us",
  botScope: "https://api.botframework.us/.default",
  databaseScope: "https://ossrdbms-aad.database.usgovcloudapi.net/.default",
};

/** What each value of `CLOUD` stands for. */
export const CLOUDS = {
  public: {
    authorityHost: "https://login.microsoftonline.com",
    graphUrl: "https://graph.microsoft.com",
    graphAudience: "https://graph.microsoft.com",
    botOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
    botTokenIssuer: "https://api.botframework.com",
    botScope: "https://api.botframework.com/.default",
    databaseScope: "https://ossrdbms-aad.database.windows.net/.default",
  },
  usgov: {
    authorityHost: "https://login.microsoftonline.us",
    graphUrl: "https://graph.microsoft.us",
    graphAudience: "https://graph.microsoft.us",
    ...government,
  },
  usgovdod: {
    authorityHost: "https://login.microsoftonline.us",
    graphUrl: "https://dod-graph.microsoft.us",
    graphAudience: "https://dod-graph.microsoft.us",
    ...government,
  },
} as const satisfies Record<string, CloudAddresses>;

export type Cloud = keyof typeof CLOUDS;
