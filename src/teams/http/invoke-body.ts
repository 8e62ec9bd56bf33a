import type { AdaptiveCard } from "../cards/parts/card.js";
import { withoutMarkdown } from "../words/card-text.js";

/** The body of an answer to `adaptiveCard/action`; source: Microsoft Learn, "Universal Actions: response format". */
export interface InvokeBody {
  readonly statusCode: 200 | 401;
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

/** Asks Teams to sign the person in silently and to press again with the token; where it cannot, it shows the button. */
export function loginBody(request: {
  readonly text: string;
  /** Of our own page. */
  readonly address: string;
  /** For signing in silently; left out: the person presses the button. */
  readonly silently?: { readonly id: string; readonly uri: string };
}): InvokeBody {
  const { text, address, silently } = request;
  return {
    statusCode: 401,
    type: "application/vnd.microsoft.activity.loginRequest",
    value: {
      text,
      // Required by Teams; no OAuth connection of that name exists, since the token comes straight to us.
      connectionName: "latchkey-sso",
      ...(silently === undefined ? {} : { tokenExchangeResource: silently }),
      buttons: [{ type: "signin", title: "Sign in", text: "Sign in", value: address }],
    },
  };
}
