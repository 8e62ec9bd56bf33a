import { type Refusal, refuse } from "../../../core/errors.js";
import { SIGN_IN_BY_BROWSER_ONLY, signInWorksText } from "../../words/check/check-text.js";
import type { AnswerContext } from "../answer-context.js";
import type { ClickAnswer, ClickIncoming } from "../click-answer.js";
import { refuseToken } from "./verify-token.js";

/**
 * The whole way of an approval's sign-in, for the person who pressed: Teams' token, its check, and the exchange for the
 * rights that a write takes. What it brings is dropped, and nothing is written.
 */
export async function answerCheckPress(
  context: AnswerContext,
  { person, token, fromSignIn }: ClickIncoming,
): Promise<ClickAnswer | Refusal> {
  if (token === undefined) {
    return fromSignIn || context.silentSignIns.failedFor(person.id)
      ? { kind: "text", text: SIGN_IN_BY_BROWSER_ONLY }
      : { kind: "sign-in", link: undefined };
  }
  const refused = await refuseToken(context, person, token);
  if (refused) return refused;
  const result = await context.ports.actAs.onBehalfOf(token);
  if (result.kind === "signed-in") return { kind: "text", text: signInWorksText(context.rules) };
  const { problem, entraCode } = result;
  return refuse({ code: "sign-in-failed", problem, ...(entraCode === undefined ? {} : { entraCode }) });
}
