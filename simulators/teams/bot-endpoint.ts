import type { Json, JsonObject } from "../../src/core/json.js";
import type { SimulatedEntra } from "../entra/simulated-entra.js";
import { parseJson, textIn } from "../http/json-over-http.js";

export type BotAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** undefined: what it answered is no JSON. */
      readonly body: Json | undefined;
      readonly text: string;
    }
  | { readonly kind: "silent"; readonly why: string };

/**
 * Hands an activity to the bot, as Teams' service does: with a fresh token of the channel, or with the Authorization
 * header given instead; an empty one is left out.
 */
export type Deliver = (activity: JsonObject, authorization?: string) => Promise<BotAnswer>;

/** Teams gives up after about this long; the person then reads that the app cannot be reached. */
const PATIENCE_MS = 15_000;

/** Delivers to the bot at this address. */
export function botEndpoint(
  address: () => string,
  entra: Pick<SimulatedEntra, "issueChannelToken">,
): Deliver {
  return async (activity, authorization) => {
    const serviceUrl = textIn(activity, "serviceUrl");
    const signed = authorization ?? `Bearer ${await entra.issueChannelToken({ serviceUrl })}`;
    try {
      const response = await fetch(address(), {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(signed === "" ? {} : { Authorization: signed }) },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      return { kind: "answered", status: response.status, body: parseJson(text), text };
    } catch (problem) {
      return { kind: "silent", why: reasonOf(problem) };
    }
  };
}

function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  if (problem.name === "TimeoutError") return `no answer within ${PATIENCE_MS / 1000} s`;
  return problem.cause instanceof Error ? problem.cause.message : problem.message;
}
