import { parseJson, textIn } from "../../../simulators/http/json-over-http.js";
import { isJsonObject, type JsonObject } from "../../core/json.js";
import type { ChannelPerson } from "./channel-people.js";
import { drawable } from "./drawable.js";
import { withOwnPages } from "./own-pages.js";

export interface Forwarded {
  readonly status: number;
  readonly text: string;
}

/** One person's Playground, reached through the connector interface it offers to bots. */
export class PlaygroundWindow {
  readonly person: ChannelPerson;
  /** Whether a browser has it open: until then the Playground shows nothing of what it is sent, not even later. */
  open = false;
  readonly #bot: () => string;
  #url: string | undefined;

  /** @param bot tells where the bot listens: not asked before it says something */
  constructor(person: ChannelPerson, bot: () => string) {
    this.person = person;
    this.#bot = bot;
  }

  connect(url: string): void {
    this.#url = url;
  }

  /** Shows a message; answers the id that the Playground gave it. */
  async show(conversation: string, activity: JsonObject): Promise<string | undefined> {
    const path = `v3/conversations/${encodeURIComponent(conversation)}/activities`;
    const { text } = await this.forward("POST", path, this.#drawable(activity));
    const answer = parseJson(text);
    return isJsonObject(answer) ? textIn(answer, "id") || undefined : undefined;
  }

  /** Redraws a message where it stands. */
  async redraw(conversation: string, id: string, activity: JsonObject): Promise<void> {
    const path = `v3/conversations/${encodeURIComponent(conversation)}/activities/${encodeURIComponent(id)}`;
    await this.forward("PUT", path, this.#drawable(activity));
  }

  #drawable(activity: JsonObject): JsonObject {
    return withOwnPages(drawable(activity), this.#bot);
  }

  /** Any request of the connector interface, as it is. */
  async forward(method: string, path: string, body?: JsonObject): Promise<Forwarded> {
    if (this.#url === undefined) return unavailable("the window is not up yet");
    try {
      const response = await fetch(`${this.#url}/_connector/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
        signal: AbortSignal.timeout(10_000),
      });
      return { status: response.status, text: await response.text() };
    } catch (problem) {
      return unavailable(String(problem));
    }
  }
}

const unavailable = (message: string): Forwarded => ({
  status: 503,
  text: JSON.stringify({ error: { code: "ServiceUnavailable", message } }),
});
