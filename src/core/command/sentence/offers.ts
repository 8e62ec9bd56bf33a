import type { Reply } from "../command.js";

/** What can be said to a reply, each a whole sentence: it is offered, and not run before it is said. */
export function offersOf(reply: Reply): readonly string[] {
  if ("suggestion" in reply) return [reply.suggestion];
  return "offers" in reply ? reply.offers : [];
}
