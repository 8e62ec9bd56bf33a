import type { ConversationId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Announcer } from "../../core/ports/announcer.js";
import type { Conversation, DeferredChange } from "../../core/stores.js";
import { code, plain } from "../words/card-text.js";
import { thereAlready } from "../words/there-already.js";
import type { Outside } from "./outside.js";
import { failureWords, refusalWords } from "./reason-words.js";

/** Tells people who waited for a scan why nothing comes of what they asked for. */
export function deferredAnswers(
  outside: Outside,
  showPlan: (plan: Plan, conversation: ConversationId) => Promise<void>,
): Pick<Announcer, "changeThere" | "changeRefused" | "changeFailed"> {
  const { app, background, conversations, log, messenger } = outside;

  const answer = (deferred: DeferredChange, words: (place: Conversation) => Promise<string>): void => {
    const post = async (): Promise<void> => {
      const place = await conversations.find(deferred.conversation);
      // The bot was removed there, so there is no place to answer in.
      if (place === undefined) return;
      const text = `${plain(deferred.person.name)}, about ${subject(deferred)}: ${await words(place)}`;
      await messenger.post(place, { kind: "text", text });
    };
    background.start("waiting person answered", () =>
      post().catch((error: unknown) => log.error("waiting-person-not-answered", { error })),
    );
  };

  return {
    async changeThere(deferred, plan) {
      answer(deferred, async () => {
        await showPlan(plan, deferred.conversation);
        return thereAlready(plan, deferred.person.id);
      });
    },
    async changeRefused(deferred, refusal) {
      answer(deferred, (place) =>
        refusalWords({ app, ports: { conversations, log } }, place, refusal, "ask for the change again"),
      );
    },
    async changeFailed(deferred, error) {
      answer(deferred, async () => failureWords({ log }, "waiting change", error));
    },
  };
}

function subject(deferred: DeferredChange): string {
  return deferred.kind === "propose" ? code(deferred.typed) : `plan #${deferred.planNumber}`;
}
