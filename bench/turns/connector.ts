import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Something the bot wrote into a conversation. */
export interface Arrived {
  /** When all of it was here, on the clock of `performance.now`. */
  readonly at: number;
  readonly id: string;
  readonly text: string;
  /** The card as it came; undefined when it is words only. */
  readonly card: unknown;
}

interface Waiting {
  readonly fits: (arrived: Arrived) => boolean;
  readonly resolve: (arrived: Arrived) => void;
}

/** An answer that takes longer than this is none. */
const LIMIT_MS = 30_000;
/** Nothing has come for so long: the bot has done what it does after its answer. */
const QUIET_MS = 250;

/** The service a bot writes to: takes everything, and says when what is waited for has come. */
export class Connector {
  readonly #waiting = new Map<string, Set<Waiting>>();
  readonly #server = createServer((request, response) => void this.#take(request, response));
  /** By conversation, for the words of an error. */
  readonly #last = new Map<string, string>();
  #count = 0;
  #lastAt = 0;

  /** @returns the service URL */
  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The next thing in that conversation, new or changed, that fits. @throws Error when none comes */
  next(conversation: string, fits: (arrived: Arrived) => boolean): Promise<Arrived> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(conversation) ?? new Set();
      this.#waiting.set(conversation, waiting);
      const late = setTimeout(() => {
        waiting.delete(one);
        const last = this.#last.get(conversation) ?? "nothing";
        reject(
          new Error(`what was waited for did not come in ${conversation}; the last to come was ${last}`),
        );
      }, LIMIT_MS);
      const one: Waiting = {
        fits,
        resolve: (arrived) => {
          clearTimeout(late);
          waiting.delete(one);
          resolve(arrived);
        },
      };
      waiting.add(one);
    });
  }

  /** Resolves when nothing has come for a moment. */
  async quiet(): Promise<void> {
    for (;;) {
      const since = performance.now() - this.#lastAt;
      if (since >= QUIET_MS) return;
      await sleep(QUIET_MS - since);
    }
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const at = performance.now();
    this.#lastAt = at;
    if (!request.headers.authorization?.startsWith("Bearer ")) return void response.writeHead(401).end();
    const path = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(request.url ?? "");
    if (path?.[1] === undefined) return void response.writeHead(404).end();
    this.#count += 1;
    const conversation = decodeURIComponent(path[1]);
    // Of an answer only to an activity, the framework says to which: not the id of what it writes.
    const id =
      request.method === "PUT" && path[2] !== undefined ? decodeURIComponent(path[2]) : `${this.#count}`;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id }));
    const body = Buffer.concat(chunks).toString();
    this.#last.set(conversation, body);
    const waiting = this.#waiting.get(conversation);
    if (waiting === undefined || waiting.size === 0 || body === "") return;
    const { text = "", attachments } = JSON.parse(body) as {
      readonly text?: string;
      readonly attachments?: readonly { readonly content?: unknown }[];
    };
    const arrived: Arrived = { at, id, text, card: attachments?.[0]?.content };
    for (const one of [...waiting]) if (one.fits(arrived)) one.resolve(arrived);
  }
}
