import { TimeUp } from "../async/time-up.js";
import type { WebAnswer } from "../core/ports/probes.js";
import { type OneRequest, oneRequest } from "../outbound/one-request.js";

const WITHIN_MS = 10_000;
/** Of a longer answer only the beginning is looked at. */
const LOOKED_AT_CHARACTERS = 200_000;

/** What came back with its text, of which no more than a pattern is taken on. */
export interface Asked {
  readonly answer: WebAnswer;
  readonly text: string;
}

/** Asks once, by the way out of this process, and follows no redirect. Never throws. */
export async function askWeb(
  url: string,
  {
    method = "GET",
    body,
    readText = true,
  }: { method?: OneRequest["method"]; body?: string; readText?: boolean } = {},
): Promise<Asked> {
  try {
    const arrived = await oneRequest({
      method,
      url: new URL(url),
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body,
      timeoutMs: WITHIN_MS,
      // Megabytes that are not looked at are not waited for.
      headersOnly: !readText,
    });
    const text = (arrived.text ?? "").slice(0, LOOKED_AT_CHARACTERS);
    const [location, date] = [arrived.header("location"), arrived.header("date")];
    return {
      text,
      answer: {
        kind: "answered",
        status: arrived.status,
        ...(location === null ? {} : { location }),
        ...(date === null ? {} : { date }),
      },
    };
  } catch (error) {
    return { text: "", answer: { kind: "no-answer", why: whyNot(error) } };
  }
}

/** The code of the connection, which stands at the bottom of what was thrown. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return "the connection failed";
  if (error instanceof TimeUp) return `none within ${WITHIN_MS / 1000} s`;
  const proxys = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxys !== undefined) return `the proxy answered ${proxys}`;
  if (error instanceof AggregateError && error.errors.length > 0) return whyNot(error.errors[0]);
  if (error.cause instanceof Error) return whyNot(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : "the connection failed";
}
