import { describe, expect, it } from "vitest";
import { claimsDemanded } from "../../src/graph/carried-sign-in.js";

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1764000000"}}}';
const base64 = (text: string) => Buffer.from(text).toString("base64");
const challenge = (claims: string) =>
  `Bearer realm="", authorization_uri="https://login.example/common", error="insufficient_claims", claims="${claims}"`;

describe("what Graph demands of a sign-in", () => {
  it.each([
    ["in base64", challenge(base64(CLAIMS))],
    ["in base64 of addresses", challenge(Buffer.from(CLAIMS).toString("base64url"))],
    ["without padding", challenge(base64(CLAIMS).replace(/=+$/, ""))],
    [
      "beside another scheme, in any case",
      `PoP realm="", ${challenge(base64(CLAIMS)).replace("claims=", "Claims=")}`,
    ],
  ])("is read %s", (_, header) => {
    expect(claimsDemanded(header)).toBe(CLAIMS);
  });

  it.each([
    ["no header", null],
    ["none", 'Bearer realm="", error="invalid_token"'],
    ["an empty one", challenge("")],
    ["what is no base64", challenge("{}")],
    ["what is no JSON", challenge(base64("claims"))],
    ["what is no object", challenge(base64("[1]"))],
    ["one without end", challenge(base64(JSON.stringify({ access_token: "x".repeat(2_000) })))],
  ])("is nothing in %s", (_, header) => {
    expect(claimsDemanded(header)).toBeUndefined();
  });
});
