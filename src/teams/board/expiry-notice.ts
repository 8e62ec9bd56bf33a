import type { Announcer } from "../../core/ports/announcer.js";
import type { Ports } from "../../core/ports.js";
import { expiryText } from "../words/decide/expiry-text.js";
import type { Outside } from "./outside.js";

/** Tells the person who asked for a plan, where they asked, that its time is nearly up. */
export function expiryNotice(
  { background, conversations, log, messenger }: Outside,
  ports: Promise<Pick<Ports, "clock">>,
): Pick<Announcer, "planRunsOut"> {
  return {
    async planRunsOut(plan) {
      const post = async (): Promise<void> => {
        const place = await conversations.find(plan.conversation);
        // The bot was removed there, so there is no place to say it.
        if (place === undefined) return;
        const { clock } = await ports;
        await messenger.postOnce(place, { kind: "text", text: expiryText(plan, clock.now()) });
      };
      background.start(`expiry of plan #${plan.number} announced`, () =>
        post().catch((error: unknown) => log.warn("expiry-not-announced", { plan: plan.number, error })),
      );
    },
  };
}
