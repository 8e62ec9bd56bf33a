import { randomUUID } from "node:crypto";
import type { GraphAnswer } from "./graph-exchange.js";

export interface RefusalDetail {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Graph said no: thrown inside the simulator, answered in Graph's error shape. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = detail.headers ?? {};
  }
}

export const badRequest = (message: string): GraphRefusal => new GraphRefusal(400, "badRequest", message);
export const notFound = (id: string): GraphRefusal =>
  new GraphRefusal(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
export const denied = (): GraphRefusal =>
  new GraphRefusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
}

/** The error body as Graph writes it (documented shape: code, message, innerError with date and both ids). */
export function refusalAnswer(refusal: GraphRefusal, ids: RequestIds): GraphAnswer {
  const { status, code, message, headers } = refusal;
  const innerError = {
    ...(status === 429 ? { code: "429", status: "429", message: "Please retry after" } : {}),
    date: new Date().toISOString().slice(0, 19),
    "request-id": ids.requestId,
    "client-request-id": ids.clientRequestId ?? ids.requestId,
  };
  return { status, headers, body: { error: { code, message, innerError } } };
}

/** Code and words that go with a status when a fault names no others. */
export function refusalFor(status: number, code?: string, message?: string, headers = {}): GraphRefusal {
  const [usualCode, usualMessage] = USUAL[status] ?? ["UnknownError", `Simulated answer ${status}.`];
  return new GraphRefusal(status, code ?? usualCode, message ?? usualMessage, { headers });
}

const USUAL: Readonly<Record<number, readonly [string, string]>> = {
  400: ["badRequest", "The request is malformed or incorrect."],
  401: ["InvalidAuthenticationToken", "Access token validation failure."],
  403: ["Authorization_RequestDenied", "Insufficient privileges to complete the operation."],
  404: ["Request_ResourceNotFound", "Resource does not exist."],
  409: ["conflict", "The request could not be completed because of a conflict with the current state."],
  412: ["resourceModified", "The resource has changed since it was read."],
  429: ["TooManyRequests", "Please retry again later."],
  500: ["generalException", "There was an internal server error while processing the request."],
  502: ["badGateway", "Bad gateway."],
  503: ["serviceNotAvailable", "The service is temporarily unavailable."],
  504: ["gatewayTimeout", "The gateway timed out."],
};

/** A fresh id for a request, as Graph makes one for each. */
export const newRequestId = (): string => randomUUID();
