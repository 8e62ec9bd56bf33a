import type { Request, Response, Server } from "restify";
import type { Log } from "../core/ports.js";

/** How often a log says so at most. */
const WARN_EVERY_MS = 60_000;
const SHOWN_CHARACTERS = 100;

/**
 * Says in the log where activities come to, when something is posted where there is nothing: of a messaging endpoint
 * with another path Teams says only that the app cannot be reached.
 */
export function warnOfStrayPosts(routes: Server, log: Log): void {
  let warnedAt = Number.NEGATIVE_INFINITY;
  routes.on("after", (request: Request, response: Response) => {
    const isStray = request.method === "POST" && [404, 405].includes(response.statusCode);
    if (!isStray || performance.now() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = performance.now();
    log.warn("posted-elsewhere", {
      path: (request.url ?? "").split("?", 1)[0]?.slice(0, SHOWN_CHARACTERS),
      why: "Activities come to /api/messages: that has to be the path of the messaging endpoint in the Azure Bot.",
    });
  });
}
