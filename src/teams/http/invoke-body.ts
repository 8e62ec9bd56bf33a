import type { AdaptiveCard } from "../cards/parts/card.js";
import { withoutMarkdown } from "../words/card-text.js";

/** The body of an answer to `adaptiveCard/action`; source: Microsoft Learn, "Universal Actions: response format". */
export interface InvokeBody {
  readonly statusCode: 200 | 401 | 412;
  readonly type: string;
  readonly value: unknown;
}

/** Replaces the card for the person who pressed. */
export function cardBody(card: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
}

/** Shows a line of text to the person who pressed. */
export function messageBody(markdown: string): InvokeBody {
  return {
    statusCode: 200,
    type: "application/vnd.microsoft.activity.message",
    value: withoutMarkdown(markdown),
  };
}

/** Asks Teams to sign the person in silently and to press again with the token. */
export function loginBody(request: {
  id: string;
  appIdUri: string;
  publicUrl: string;
  text: string;
}): InvokeBody {
  return {
    statusCode: 401,
    type: "application/vnd.microsoft.activity.loginRequest",
    value: {
      text: request.text,
      // Required by Teams; no OAuth connection of that name exists, since the token comes straight to us.
      connectionName: "latchkey-sso",
      tokenExchangeResource: { id: request.id, uri: request.appIdUri },
      buttons: [{ type: "signin", title: "Sign in", text: "Sign in", value: `${request.publicUrl}/sign-in` }],
    },
  };
}

/** The sign-in that came with the click did not do; Teams offers the sign-in button. */
export function preconditionBody(markdown: string): InvokeBody {
  return {
    statusCode: 412,
    type: "application/vnd.microsoft.error.preconditionFailed",
    value: { code: "412", message: withoutMarkdown(markdown) },
  };
}
