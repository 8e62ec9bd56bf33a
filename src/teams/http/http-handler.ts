import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Activity, TurnContext } from "botbuilder";
import { correlated } from "../../async/correlation.js";
import { watched } from "../../async/watched.js";
import { within } from "../../async/within.js";
import type { Log } from "../../core/ports.js";
import { SOMETHING_WENT_WRONG } from "../words/fault-text.js";
import { activityFrom } from "./activity-shape.js";
import { Unauthenticated } from "./channel-token.js";
import { messageBody } from "./invoke-body.js";
import type { StrictTeamsAdapter } from "./strict-adapter.js";

/**
 * Answers `POST /api/messages`, of any server.
 * @param readBody reads the JSON object that was sent, or nothing; called only for a request that the channel signed.
 *   What it throws is the caller's to answer
 */
export type ActivityHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  readBody: () => Promise<object | undefined>,
) => Promise<void>;

/** @param answerBy when a click has to be answered, on the clock of `performance.now` */
export type TurnLogic = (context: TurnContext, answerBy: number) => Promise<void>;

/** Teams gives up on a click after 5 seconds; the rest of them, in milliseconds, is for the network. */
const ANSWERED_WITHIN_MS = 4_000;
/** What of that the check of the sender may take. Later, the person was told that it failed, and presses again. */
const CLICK_CHECKED_WITHIN_MS = 3_500;
/** Teams waits 15 seconds for a message to be taken: no one is told before, and it may not send it again. */
const CHECKED_WITHIN_MS = 10_000;

/**
 * Turns a request into one turn and the turn's result into a response.
 * 401 for everything the channel did not sign, before a byte of the body is read; no error text ever leaves.
 */
export function activityHandler(
  adapter: Pick<StrictTeamsAdapter, "vouch" | "authenticate" | "run">,
  turn: TurnLogic,
  log: Log,
): ActivityHandler {
  const refuse = (response: ServerResponse, error: unknown): void => {
    const isRefused = error instanceof Unauthenticated;
    if (isRefused) log.warn("request-not-authenticated", { why: error.message });
    else log.error("authentication-unavailable", { error });
    end(response, isRefused ? 401 : 503);
  };
  return async (request, response, readBody) => {
    const came = performance.now();
    const voucher = await within(adapter.vouch(request.headers.authorization), CHECKED_WITHIN_MS)
      .then(orLate)
      .catch((error: unknown) => refuse(response, error));
    if (voucher === undefined) return;
    const checkedAfterMs = performance.now() - came;
    // An activity is checked field by field where it is read; the framework's type promises more than the wire.
    const body = (await readBody()) ?? {};
    try {
      adapter.authenticate(voucher, body as Activity);
    } catch (error) {
      return refuse(response, error);
    }
    const activity = activityFrom(body);
    if (activity === undefined) return end(response, 400);
    const isInvoke = activity.type === "invoke";
    if (isInvoke && checkedAfterMs > CLICK_CHECKED_WITHIN_MS)
      return refuse(response, late(CLICK_CHECKED_WITHIN_MS));
    const askedBy = objectIdOf(activity);
    const belongsTo = { id: randomUUID(), ...(askedBy !== undefined && { askedBy }) };
    try {
      const result = await correlated(belongsTo, () => {
        log.info("activity-received", { type: activity.type, name: activity.name, activity: activity.id });
        return watched(`activity ${isInvoke ? "invoke" : "message"}`, {}, () =>
          adapter.run(activity, (context) => turn(context, came + ANSWERED_WITHIN_MS)),
        );
      });
      // The HTTP status of an invoke is always 200; its own status is in the body.
      end(response, 200, isInvoke ? result?.body : undefined);
    } catch (error) {
      correlated(belongsTo, () => log.error("turn-failed", { error }));
      if (isInvoke) end(response, 200, messageBody(SOMETHING_WENT_WRONG));
      else end(response, 500);
    }
  };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The sender as Entra names them, where the channel says so. */
function objectIdOf({ from }: Activity): string | undefined {
  const id: unknown = from.aadObjectId;
  return typeof id === "string" && GUID.test(id) ? id.toLowerCase() : undefined;
}

function orLate<Result>(result: Result | undefined): Result {
  if (result === undefined) throw late(CHECKED_WITHIN_MS);
  return result;
}

const late = (milliseconds: number) => new Error(`not authenticated within ${milliseconds} ms`);

function end(response: ServerResponse, status: number, body?: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}
