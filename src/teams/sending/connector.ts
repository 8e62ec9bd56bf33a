import { TimeUp } from "../../async/time-up.js";
import { within } from "../../async/within.js";
import { isJsonObject, type Json, memberOf } from "../../core/json.js";
import { type Arrival, arrivalBy, CallFailed, MayHaveArrived, Unanswered } from "./arrival.js";

/**
 * The channel's service, of which the bot needs three calls (docs/adr/0056). Each is one request of 15 seconds at most;
 * what is to be repeated is retry.ts's to say.
 */
export interface Connector {
  /** @returns the id of the new message @throws CallFailed, MayHaveArrived */
  post(to: Conversation, activity: object): Promise<string>;
  /** @throws CallFailed */
  replace(at: Conversation, activityId: string, activity: object): Promise<void>;
  /** Asks for one member: Teams tells those alone who are there. @throws CallFailed */
  lookInto(conversation: Conversation): Promise<void>;
}

/** A conversation, and the service behind which it is. */
export interface Conversation {
  readonly serviceUrl: string;
  readonly id: string;
}

export interface ConnectorOptions {
  /** A token for the service, for the app itself. What it throws goes through. */
  readonly botToken: () => Promise<string>;
  /** Sends it once, by the way out of this process; a redirect is an answer. @throws TimeUp, Error when no status arrived */
  readonly request: (request: Outgoing) => Promise<Incoming>;
}
interface Outgoing {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** What fails before this is called was not sent, and never will be. */
  readonly onSent: () => void;
}
interface Incoming {
  readonly status: number;
  /** null: there is no such header. */
  header(name: string): string | null;
  /** undefined: it broke off. */
  readonly text: string | undefined;
}

/** How long one call may take, with the wait for the token and for a connection. */
const CALL_LIMIT_MS = 15_000;

export function connector({ botToken, request }: ConnectorOptions): Connector {
  const call = async (method: Outgoing["method"], url: URL, activity?: object): Promise<Incoming> => {
    const by = performance.now() + CALL_LIMIT_MS;
    const token = await within(botToken(), CALL_LIMIT_MS);
    const timeoutMs = by - performance.now();
    if (token === undefined || timeoutMs <= 0)
      throw unanswered("The bot's own token did not come", "put-off");
    const authorization = `Bearer ${token}`;
    const carried =
      activity === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, ...OF_JSON }, body: JSON.stringify(activity) };
    let isSent = false;
    const onSent = () => {
      isSent = true;
    };
    const arrived = await request({ method, url, ...carried, timeoutMs, onSent }).catch((cause: unknown) => {
      const arrival = isSent ? "perhaps" : "put-off";
      if (cause instanceof TimeUp) throw unanswered("Teams did not answer", arrival);
      throw new CallFailed("No answer from Teams", { arrival, cause });
    });
    if (!isSuccess(arrived)) throw failedBy(arrived);
    return arrived;
  };
  return {
    async post(to, activity) {
      const { text } = await call("POST", addressOf(to, "activities"), activity);
      if (text === undefined) throw new CallFailed("Teams' answer broke off", { arrival: "perhaps" });
      const id = memberIn(text, "id");
      if (typeof id === "string" && id !== "") return id;
      throw new MayHaveArrived(
        new Error("Teams answered a post with success, and with no id of the message"),
      );
    },
    async replace(at, activityId, activity) {
      await call("PUT", addressOf(at, `activities/${encodeURIComponent(activityId)}`), activity);
    },
    async lookInto(conversation) {
      await call("GET", addressOf(conversation, "pagedmembers?pageSize=1"));
    },
  };
}

function unanswered(what: string, arrival: Arrival): Unanswered {
  return new Unanswered(`${what} within ${CALL_LIMIT_MS / 1_000} seconds`, { arrival });
}

const OF_JSON = { "content-type": "application/json; charset=utf-8" };

/** The service has a path of its own, in which Teams names the region. @throws TypeError when that is no URL */
function addressOf({ serviceUrl, id }: Conversation, part: string): URL {
  const base = serviceUrl.replace(/\/+$/, "");
  return new URL(`${base}/v3/conversations/${encodeURIComponent(id)}/${part}`);
}

const isSuccess = ({ status }: Incoming): boolean => status >= 200 && status < 300;

function failedBy(arrived: Incoming): CallFailed {
  const { status, text = "" } = arrived;
  const error = memberIn(text, "error");
  const said = isJsonObject(error) ? memberOf(error, "code") : memberIn(text, "code");
  const code = typeof said === "string" ? said : undefined;
  const retryAfter = arrived.header("retry-after") ?? undefined;
  const message = `Teams answered ${status}${code === undefined ? "" : ` (${code})`}`;
  return new CallFailed(message, {
    arrival: arrivalBy({ status, code, retryAfter }),
    status,
    code,
    retryAfter,
  });
}

/** A member of the JSON object; undefined also where the text is none, as of a proxy on the way. */
function memberIn(text: string, name: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? memberOf(value, name) : undefined;
  } catch {
    return undefined;
  }
}
