import { describe, expect, it } from "vitest";
import type { GraphAnswer } from "../../src/graph/graph-http.js";
import { readRefusal, translateGraphError } from "../../src/graph/translate-graph-error.js";

function answer(
  status: number,
  code: string,
  message = "words",
  more: Partial<GraphAnswer> = {},
): GraphAnswer {
  return { status, body: { kind: "json", value: { error: { code, message } } }, ...more };
}

describe("translateGraphError", () => {
  it.each([
    [302, "Found", "graph-unreadable"],
    [400, "Request_BadRequest", "graph-bad-request"],
    [401, "InvalidAuthenticationToken", "graph-unauthorized"],
    [403, "Authorization_RequestDenied", "graph-denied"],
    [403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "graph-no-licence"],
    [404, "Request_ResourceNotFound", "graph-not-found"],
    [405, "Request_BadRequest", "graph-bad-request"],
    [409, "Conflict", "graph-conflict"],
    [412, "resourceModified", "graph-conflict"],
    [413, "RequestEntityTooLarge", "graph-bad-request"],
    [423, "Locked", "graph-conflict"],
    [429, "TooManyRequests", "graph-throttled"],
    [500, "UnknownError", "graph-unavailable"],
    [502, "BadGateway", "graph-unavailable"],
    [503, "serviceNotAvailable", "graph-unavailable"],
    [504, "UnknownError", "graph-unavailable"],
  ])("takes %i %s for %s", (status, code, fault) => {
    expect(translateGraphError(answer(status, code))).toMatchObject({ code: fault, status });
  });

  it("keeps the wait Graph asked for and the id of the request", () => {
    const fault = translateGraphError(
      answer(429, "TooManyRequests", "later", { retryAfterSeconds: 17, requestId: "r-1" }),
    );
    expect(fault).toMatchObject({ retryAfterSeconds: 17, requestId: "r-1" });
  });

  it.each(["innerError", "innererror"])(
    "finds the id of the request in %s when no header has it",
    (spelling) => {
      const value = { error: { code: "x", message: "y", [spelling]: { "request-id": "r-2" } } };
      expect(translateGraphError({ status: 400, body: { kind: "json", value } }).requestId).toBe("r-2");
    },
  );

  it("says what Graph said, with the code a support case needs", () => {
    expect(translateGraphError(answer(403, "accessDenied", "Insufficient privileges.")).message).toBe(
      "Graph said 403 accessDenied: Insufficient privileges.",
    );
  });

  it("leaves out a token that Graph quotes back", () => {
    const { message } = translateGraphError(answer(401, "x", "bad token eyJhbGciOi.eyJzdWIi.c2ln given"));
    expect(message).toBe("Graph said 401 x: bad token [redacted] given");
  });

  it.each([
    { kind: "empty" } as const,
    { kind: "not-json" } as const,
    { kind: "cut-off" } as const,
    { kind: "json", value: { error: "a string" } } as const,
  ])("still tells the status when the body is $kind", (body) => {
    expect(readRefusal({ status: 502, body })).toEqual({ code: "http-502", message: "no explanation given" });
  });
});
