import { ServiceClientCredentialsFactory } from "botframework-connector";

type ConnectorCredentials = Awaited<ReturnType<ServiceClientCredentialsFactory["createCredentials"]>>;

/**
 * Signs requests to the channel's connector with a token that its caller obtains. The stock factories bring
 * their own sign-in, which needs Microsoft's instance discovery and knows no sovereign or local authority.
 */
export class TokenCredentialFactory extends ServiceClientCredentialsFactory {
  readonly #clientId: string;
  readonly #botToken: () => Promise<string>;
  constructor(clientId: string, botToken: () => Promise<string>) {
    super();
    this.#clientId = clientId;
    this.#botToken = botToken;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId.toLowerCase() === this.#clientId.toLowerCase();
  }

  /** There is no way to run without inbound authentication. */
  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): Promise<ConnectorCredentials> {
    const botToken = this.#botToken;
    return {
      async signRequest(request) {
        request.headers.set("authorization", `Bearer ${await botToken()}`);
        return request;
      },
    };
  }
}
