import type { ServerResponse } from "node:http";
import type { Log } from "../core/ports.js";
import { BadBody } from "./read-json-body.js";

const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers with a text. To HEAD Node sends the same without the text. */
export function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  const headers = {
    ...SECURITY_HEADERS,
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
  };
  response.writeHead(status, headers).end(body);
}

/** A page with a content security policy of its own. */
export function answerPage(
  response: ServerResponse,
  status: number,
  html: string,
  policy: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const headers = {
    ...SECURITY_HEADERS,
    "content-security-policy": policy,
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(html),
    ...more,
  };
  response.writeHead(status, headers).end(html);
}

export function answerJson(response: ServerResponse, status: number, body: object): void {
  answer(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

/** To be saved, not shown: what is in it came from people, and it stays when the link is gone. */
export function answerFile(response: ServerResponse, { name, type, text }: SavedFile): void {
  const headers = {
    ...SECURITY_HEADERS,
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${name}"`,
  };
  response.writeHead(200, headers).end(text);
}

interface SavedFile {
  readonly name: string;
  readonly type: "text/html" | "text/csv";
  readonly text: string;
}

/** Says what is wrong with a body that is not taken; of anything else no more than that it went wrong, and logs it. */
export function answerError(error: unknown, response: ServerResponse, log: Log): void {
  if (error instanceof BadBody) {
    answerJson(response, error.status, { code: error.code, message: error.message });
    return;
  }
  log.error("request-failed", { error });
  if (response.headersSent) response.destroy();
  else answerJson(response, 500, { code: "InternalError", message: "Something went wrong here." });
}
