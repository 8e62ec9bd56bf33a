import { describe, expect, it } from "vitest";
import type { EntraExchange } from "../../src/graph/entra-exchange.js";
import { appSignInFault, translateSignInError } from "../../src/graph/translate-sign-in-error.js";

function refused(code: number, error: string, status = 400): EntraExchange {
  const body = {
    error,
    error_description: `AADSTS${code}: the text, with a secret eyJabc.def.ghi in it. Trace ID: t-1`,
    error_codes: [code],
    trace_id: "t-1",
  };
  return { kind: "answered", method: "POST", status, body: JSON.stringify(body) };
}

describe("translateSignInError", () => {
  it.each([
    [65001, "invalid_grant", "consent-missing"],
    [65004, "access_denied", "consent-missing"],
    [50072, "interaction_required", "mfa-required"],
    [50074, "interaction_required", "mfa-required"],
    [50076, "interaction_required", "mfa-required"],
    [50079, "interaction_required", "mfa-required"],
    [50158, "interaction_required", "mfa-required"],
    [500133, "invalid_grant", "assertion-expired"],
    [50013, "invalid_grant", "assertion-rejected"],
    [500131, "invalid_grant", "assertion-rejected"],
    [53000, "interaction_required", "conditional-access"],
    [53001, "interaction_required", "conditional-access"],
    [53002, "interaction_required", "conditional-access"],
    [53003, "access_denied", "conditional-access"],
    [53004, "interaction_required", "conditional-access"],
    [53009, "interaction_required", "conditional-access"],
    [53011, "invalid_grant", "conditional-access"],
    [530034, "interaction_required", "conditional-access"],
    [50131, "interaction_required", "conditional-access"],
    [50078, "interaction_required", "mfa-required"],
    [500121, "invalid_grant", "mfa-required"],
    [90094, "access_denied", "consent-missing"],
    [50132, "invalid_grant", "assertion-expired"],
    [70043, "invalid_grant", "assertion-expired"],
    // Known by its kind alone.
    [50097, "interaction_required", "assertion-rejected"],
    [50055, "invalid_grant", "assertion-rejected"],
    [54005, "invalid_grant", "assertion-rejected"],
    [50058, "login_required", "assertion-rejected"],
    [70011, "invalid_scope", "unrecognised"],
    [500011, "invalid_resource", "unrecognised"],
    [700016, "unauthorized_client", "app-credential-rejected"],
    [700027, "invalid_client", "app-credential-rejected"],
    [7000215, "invalid_client", "app-credential-rejected"],
    [7000222, "invalid_client", "app-credential-rejected"],
    [700212, "invalid_client", "app-credential-rejected"],
    [90033, "temporarily_unavailable", "unavailable"],
    [50173, "invalid_grant", "assertion-expired"],
  ])("takes AADSTS%i (%s) for %s", (code, error, problem) => {
    expect(translateSignInError(refused(code, error))).toEqual({
      problem,
      entraCode: `AADSTS${code}`,
      traceId: "t-1",
    });
  });

  it("takes a challenge with a code that is not known for one of Conditional Access, and hands it on", () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c9"}}}';
    const body = JSON.stringify({ error: "invalid_grant", error_codes: [59999], claims });
    expect(translateSignInError({ kind: "answered", method: "POST", status: 400, body })).toEqual({
      problem: "conditional-access",
      entraCode: "AADSTS59999",
      claims,
    });
  });

  it("finds the code in the description where Entra gives no list of codes", () => {
    const body = JSON.stringify({ error: "invalid_grant", error_description: "AADSTS65001: no consent" });
    expect(translateSignInError({ kind: "answered", method: "POST", status: 400, body })).toEqual({
      problem: "consent-missing",
      entraCode: "AADSTS65001",
    });
  });

  it.each<[string, EntraExchange, string]>([
    ["no answer", { kind: "no-answer" }, "unavailable"],
    ["nothing could be sent", { kind: "nothing-sent" }, "app-credential-rejected"],
    ["a proxy's 502", { kind: "answered", method: "POST", status: 502, body: "<html>" }, "unavailable"],
    ["an unknown error with 503", refused(90055, "invalid_request", 503), "unavailable"],
    ["429", { kind: "answered", method: "POST", status: 429, body: "" }, "unavailable"],
    ["a 400 nobody can read", { kind: "answered", method: "POST", status: 400, body: "[]" }, "unrecognised"],
    [
      "a success without a token",
      { kind: "answered", method: "POST", status: 200, body: "{}" },
      "unrecognised",
    ],
    [
      "discovery alone",
      { kind: "answered", method: "GET", status: 200, body: "{}" },
      "app-credential-rejected",
    ],
  ])("takes %s for what it is", (_, exchange, problem) => {
    expect(translateSignInError(exchange).problem).toBe(problem);
  });
});

describe("appSignInFault", () => {
  it("names the problem and Entra's code, and none of Entra's free text", () => {
    const fault = appSignInFault(refused(7000215, "invalid_client", 401));
    expect(fault).toMatchObject({
      code: "app-sign-in-failed",
      status: 401,
      requestId: "t-1",
      cause: undefined,
    });
    expect(fault.message).toBe(
      "The app could not sign in at Entra (app-credential-rejected, AADSTS7000215).",
    );
  });

  it.each<[string, EntraExchange, string]>([
    ["is away", { kind: "no-answer" }, "entra-unavailable"],
    ["is busy", { kind: "answered", method: "POST", status: 503, body: "" }, "entra-unavailable"],
    ["misses consent", refused(65001, "consent_required"), "app-consent-missing"],
    ["was never asked", { kind: "nothing-sent" }, "app-sign-in-failed"],
  ])("tells apart whom it concerns when Entra %s", (_, exchange, code) => {
    expect(appSignInFault(exchange).code).toBe(code);
  });
});
