import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { within } from "../async/within.js";

/** The requests that are being worked on, and the connections they came on: what a graceful stop deals with. */
export class InFlight {
  readonly #sockets = new Set<Socket>();
  readonly #responses = new Set<ServerResponse>();
  /** What goes on, and whose answer hangs on it. */
  readonly #work = new Map<Promise<void>, ServerResponse>();

  /** Knows a connection until it is gone: the HTTP server forgets those that it hands over or that never spoke. */
  connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  /** Counts a request until its answer was sent or its connection is gone. */
  add(response: ServerResponse): void {
    this.#responses.add(response);
    response.once("close", () => this.#responses.delete(response));
  }

  /** Counts work that may go on after its answer was sent. */
  during<T>(response: ServerResponse, work: Promise<T>): Promise<T> {
    const ended = work.then(nothing, nothing);
    this.#work.set(ended, response);
    void ended.then(() => this.#work.delete(ended));
    return work;
  }

  /** Tells each client that waits for an answer that its connection takes no further request. */
  announceClose(): void {
    for (const response of this.#responses) {
      if (!response.headersSent) response.setHeader("connection", "close");
    }
  }

  /** Resolves when every answer was sent and all work is done, or after the time. */
  async emptyWithin(timeoutMs: number): Promise<void> {
    await within(this.#emptied(), timeoutMs);
  }

  /** Resolves when all work is done, or after the time. */
  async idleWithin(timeoutMs: number): Promise<void> {
    await within(this.#idle(), timeoutMs);
  }

  /** Drops every connection that no work is done for: silent ones, half sent requests, answers that are not fetched. */
  dropIdle(): void {
    const busy = new Set([...this.#work.values()].map((response) => response.socket));
    for (const socket of this.#sockets) if (!busy.has(socket)) socket.destroy();
  }

  dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #emptied(): Promise<void> {
    while (this.#responses.size > 0 || this.#work.size > 0) {
      await Promise.all([...this.#responses].map(closed));
      await this.#idle();
    }
  }

  async #idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work.keys());
  }
}

const nothing = (): void => undefined;

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once("close", () => resolve());
  });
}
