import type { IncomingMessage, ServerResponse } from "node:http";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";

export type JsonRequest =
  | { readonly kind: "json"; readonly body: JsonObject }
  | { readonly kind: "empty" }
  | { readonly kind: "refused"; readonly status: 400 | 413 | 415; readonly why: string };

/**
 * Reads a JSON object from a request. Only with a JSON content type: a web page elsewhere can make a browser
 * post plain text to this machine without asking, and would act as the person of a window.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<JsonRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= maxBytes) chunks.push(chunk as Buffer);
  }
  if (size === 0) return { kind: "empty" };
  if (size > maxBytes) return { kind: "refused", status: 413, why: `${size} bytes, at most ${maxBytes}` };
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return { kind: "refused", status: 415, why: "expected Content-Type application/json" };
  }
  const body = parseJson(Buffer.concat(chunks).toString("utf8"));
  return isJsonObject(body)
    ? { kind: "json", body }
    : { kind: "refused", status: 400, why: "expected a JSON object" };
}

export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function answerJson(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

/** The member as an object; an empty one when it is anything else. */
export function objectIn(of: JsonObject, member: string): JsonObject {
  const value = of[member];
  return isJsonObject(value) ? value : {};
}

/** The member as text; empty when it is anything else. */
export function textIn(of: JsonObject, member: string): string {
  const value = of[member];
  return typeof value === "string" ? value : "";
}
