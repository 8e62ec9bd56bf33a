import type { Json, JsonObject } from "../../src/core/json.js";
import type { SimulatedEntra } from "../entra/simulated-entra.js";
import { parseJson, textIn } from "../http/json-over-http.js";

export type BotAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly body: Json | undefined }
  | { readonly kind: "silent"; readonly why: string };

/** Hands an activity to the bot, as Teams' service does. */
export type Deliver = (activity: JsonObject) => Promise<BotAnswer>;

/** Teams gives up after about this long; the person then reads that the app cannot be reached. */
const PATIENCE_MS = 15_000;

/** Delivers to the bot at this address, each activity with a fresh token of the channel. */
export function botEndpoint(
  address: () => string,
  entra: Pick<SimulatedEntra, "issueChannelToken">,
): Deliver {
  return async (activity) => {
    const token = await entra.issueChannelToken({ serviceUrl: textIn(activity, "serviceUrl") });
    try {
      const response = await fetch(address(), {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { kind: "answered", status: response.status, body: parseJson(await response.text()) };
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
