import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { objectIn, textIn } from "../http/json-over-http.js";

const LOGIN_REQUEST = "application/vnd.microsoft.activity.loginRequest";

/** What the Teams client needs from a request to sign in before it obtains a token silently. */
export type LoginRequest =
  | {
      readonly kind: "login";
      /** For a token without asking; undefined: only the button is left. */
      readonly silently: { readonly id: string; readonly connectionName: string } | undefined;
      /** Where the button leads. */
      readonly address: string;
    }
  | { readonly kind: "unusable"; readonly problems: readonly string[] };

/** Whether the answer to a card's button asks the person to sign in. */
export function asksToSignIn(body: Json | undefined): body is JsonObject {
  return isJsonObject(body) && body.statusCode === 401;
}

/**
 * Reads a request to sign in, strictly: the Teams client ignores a malformed one without telling anybody, so what
 * it would ignore is named here. The resource has to be the app's own, or the client gets a token for another app.
 */
export function readLoginRequest(body: JsonObject, appIdUri: string): LoginRequest {
  const value = objectIn(body, "value");
  const isSilent = "tokenExchangeResource" in value;
  const resource = objectIn(value, "tokenExchangeResource");
  const [id, connectionName] = [textIn(resource, "id"), textIn(value, "connectionName")];
  const address = signInButton(value.buttons);
  const problems = [
    textIn(body, "type") === LOGIN_REQUEST ? "" : `type is "${textIn(body, "type")}", not ${LOGIN_REQUEST}`,
    connectionName === "" ? "connectionName is empty" : "",
    isSilent && id === "" ? "tokenExchangeResource.id is empty" : "",
    !isSilent || textIn(resource, "uri") === appIdUri
      ? ""
      : `tokenExchangeResource.uri is "${textIn(resource, "uri")}", not ${appIdUri}`,
    address !== "" ? "" : "no button of type signin with an https address",
  ].filter((problem) => problem !== "");
  if (problems.length > 0) return { kind: "unusable", problems };
  return { kind: "login", silently: isSilent ? { id, connectionName } : undefined, address };
}

/** Where the button for signing in leads; empty: there is none that Teams would show. */
function signInButton(buttons: Json | undefined): string {
  const usable = (Array.isArray(buttons) ? buttons : []).find(
    (button: Json) =>
      isJsonObject(button) && button.type === "signin" && textIn(button, "value").startsWith("https://"),
  );
  return isJsonObject(usable) ? textIn(usable, "value") : "";
}
