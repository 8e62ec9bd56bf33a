import { isJsonObject, type Json } from "../../../src/core/json.js";
import { objectIn, parseJson } from "../../http/json-over-http.js";

/** What the `claims` parameter of an authorization request demands. */
export interface ClaimsRequest {
  /** Authentication contexts that the access token has to carry. */
  readonly ofAccessToken: readonly string[];
  /** Authentication contexts that the id token has to carry. */
  readonly ofIdToken: readonly string[];
  /** A challenge of Conditional Access came back: what it demands is looked at anew, in front of the person. */
  readonly answersChallenge: boolean;
}

const NO_CLAIMS: ClaimsRequest = { ofAccessToken: [], ofIdToken: [], answersChallenge: false };

/** Reads the parameter; undefined when it is no JSON object. */
export function readClaims(text: string | null): ClaimsRequest | undefined {
  if (text === null) return NO_CLAIMS;
  const claims = parseJson(text);
  if (!isJsonObject(claims)) return undefined;
  const [accessToken, idToken] = [objectIn(claims, "access_token"), objectIn(claims, "id_token")];
  return {
    ofAccessToken: valuesOf(accessToken.acrs),
    ofIdToken: valuesOf(idToken.acrs),
    answersChallenge: "polids" in accessToken || "capolids" in accessToken,
  };
}

/** A claim is asked for with one `value` or several `values`. */
function valuesOf(asked: Json | undefined): readonly string[] {
  if (!isJsonObject(asked)) return [];
  const { value, values } = asked;
  return [value, ...(Array.isArray(values) ? values : [])].filter((one) => typeof one === "string");
}
