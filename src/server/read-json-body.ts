import type { IncomingMessage } from "node:http";
import { makeStorable } from "../async/storable-json.js";

/** Copying turns it into the copy's prototype. No client of Teams sends one. */
const FORBIDDEN_MEMBERS = ["__proto__"];

/** A request body we do not take. The message is for its sender. */
export class BadBody extends Error {
  override readonly name = "BadBody";
  readonly status: 400 | 413 | 415;
  readonly code: string;
  constructor(status: 400 | 413 | 415, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * The JSON object in the body of a request, or undefined when there is no body. restify's own parsers are not
 * used: they count a compressed body before unpacking it, and an unreadable one ends the process.
 * @throws BadBody
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<object | undefined> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new BadBody(415, "UnsupportedMediaType", "The body must not be compressed.");
  }
  const text = await readText(request, limit);
  if (text.trim() === "") return undefined;
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadBody(400, "InvalidContent", "The body must be one JSON object: an activity.");
  }
  const storable = makeStorable(value, FORBIDDEN_MEMBERS);
  if (storable.kind === "refused") {
    throw new BadBody(400, "InvalidContent", `The body has ${storable.why}.`);
  }
  return value;
}

async function readText(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = (): BadBody =>
    new BadBody(413, "PayloadTooLarge", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      // Without a listener the rest passes unread, and the sender gets to see the answer.
      request.off("data", take);
      reject(tooLarge());
    };
    const closed = (): void => reject(new BadBody(400, "InvalidContent", "The body ended early."));
    request.on("data", take);
    request.once("end", () => {
      // Each request is closed at last, and to make an error takes long.
      request.off("close", closed);
      resolve(Buffer.concat(chunks).toString("utf8"));
    });
    request.once("error", reject);
    request.once("close", closed);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a token.
    throw new BadBody(400, "InvalidContent", "The body is not JSON.");
  }
}
