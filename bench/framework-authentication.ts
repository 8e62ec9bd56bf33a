import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import type { DirectoryAccess } from "./directory-access.js";
import type { DirectoryGreeting } from "./directory-process.js";
import { TokenCredentialFactory } from "./token-credentials.js";

/** What the bot's own tokens are for. */
export const BOT_SCOPE = "https://api.botframework.com";

/** The framework's settings in every baseline: the bot's own, so that the same is checked by the same keys. */
export function frameworkAuthentication(
  { tenantId, clientId, entraUrl, channel }: DirectoryAccess & Pick<DirectoryGreeting, "channel">,
  botToken: () => Promise<string>,
): ConfigurationBotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: clientId,
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppTenantId: tenantId,
      ToChannelFromBotLoginUrl: `${entraUrl}/${tenantId}`,
      ToChannelFromBotOAuthScope: BOT_SCOPE,
      ToBotFromChannelTokenIssuer: channel.issuer,
      ToBotFromChannelOpenIdMetadataUrl: channel.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: channel.openIdMetadataUrl,
      OAuthUrl: "https://token.botframework.com/",
      CallerId: "",
    },
    new TokenCredentialFactory(clientId, botToken),
  );
}
