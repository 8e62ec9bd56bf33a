import type { Plan } from "../../core/plan/plan.js";
import type { Announcer } from "../../core/ports/announcer.js";
import type { Ports } from "../../core/ports.js";
import type { Conversation } from "../../core/stores.js";
import { isRefusal } from "../sending/arrival.js";
import { expiryText } from "../words/decide/expiry-text.js";
import type { Outside } from "./outside.js";

/**
 * Tells the person who asked for a plan that its time is nearly up: where they asked, or in their own chat where nothing
 * can be said there any more.
 */
export function expiryNotice(
  { background, conversations, log, messenger }: Outside,
  ports: Promise<Pick<Ports, "clock">>,
): Pick<Announcer, "planRunsOut"> {
  const ownChat = async ({ tenantId, requester }: Plan): Promise<Conversation | undefined> =>
    (await conversations.chatsOf(tenantId, [requester.id]))[0];

  return {
    async planRunsOut(plan) {
      const post = async (place: Conversation): Promise<void> => {
        const { clock } = await ports;
        await messenger.postOnce(place, { kind: "text", text: expiryText(plan, clock.now()) });
      };
      const tell = async (): Promise<void> => {
        const asked = await conversations.find(plan.conversation);
        try {
          if (asked !== undefined) return await post(asked);
        } catch (error) {
          if (!isRefusal(error)) throw error;
        }
        const own = await ownChat(plan);
        if (own !== undefined && own.id !== asked?.id) return post(own);
        log.warn("expiry-not-announced", { plan: plan.number, error: "no conversation with the requester" });
      };
      background.start(`expiry of plan #${plan.number} announced`, () =>
        tell().catch((error: unknown) => log.warn("expiry-not-announced", { plan: plan.number, error })),
      );
    },
  };
}
