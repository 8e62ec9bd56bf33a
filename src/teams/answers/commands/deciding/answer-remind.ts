import { pendingPlans } from "../../../../core/report/report.js";
import { plain } from "../../../words/card-text.js";
import type { AnswerContext } from "../../answer-context.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

const ROOMS =
  "Plans that wait are posted in the conversations where an approver said `approvals here`, and in approvers' own chats with Latchkey.";

/** Latchkey sends no message to a person by name: says where plans are seen. @throws Fault */
export const answerRemind: AnswerTo<"remind"> = async (context, _, { person }) => {
  const waiting = await waitingNumbers(context);
  const what =
    waiting.length === 0
      ? "No plan waits at this moment."
      : `Send ${plain(person)} this: “Please look at ${waiting.map((number) => `plan #${number}`).join(", ")} in Latchkey: say show ${waiting[0]}.”`;
  return offer(`Latchkey sends nobody a message of its own accord. ${ROOMS} ${what}`, "pending");
};

/** A plan lives as long as the installation says; it is asked for again. @throws Fault */
export const answerExtend: AnswerTo<"extend"> = async (context) => {
  const waiting = await waitingNumbers(context);
  const what = waiting.length === 0 ? "No plan waits at this moment." : "Those that wait are in `pending`.";
  return offer(
    `A plan cannot be extended: it expires by itself, so that nothing is approved that has grown old. Ask for the change again to get a fresh plan. ${what}`,
    "pending",
  );
};

async function waitingNumbers({ ports, rules }: AnswerContext): Promise<readonly number[]> {
  const open = await pendingPlans(ports, rules);
  return open.filter(({ state }) => state.kind === "waiting").map(({ number }) => number);
}
