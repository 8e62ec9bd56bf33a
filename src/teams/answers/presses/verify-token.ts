import { type Refusal, refuse, unreachable } from "../../../core/errors.js";
import type { Person, UserAssertion } from "../../../core/person.js";
import { failureWords } from "../../board/reason-words.js";
import type { AnswerContext } from "../answer-context.js";
import { tokenTrouble } from "./token-trouble.js";

/** Whether the token is good and belongs to the person who pressed. undefined: it is and does. */
export async function refuseToken(
  context: AnswerContext,
  person: Person,
  token: UserAssertion,
): Promise<Refusal | undefined> {
  const verdict = await context.ssoCheck(token, person.id);
  switch (verdict.kind) {
    case "verified":
      return undefined;
    case "someone-elses":
      context.log.warn("token-of-someone-else", { clicker: person.id });
      return refuse({ code: "someone-elses-token", clicker: person.id });
    case "expired":
      context.log.warn("token-invalid", { clicker: person.id, ...tokenTrouble("exp") });
      return refuse({ code: "sign-in-failed", problem: "assertion-expired" });
    case "invalid":
      context.log.warn("token-invalid", { clicker: person.id, ...tokenTrouble(verdict.why) });
      return refuse({ code: "sign-in-failed", problem: "assertion-rejected" });
    case "unavailable":
      failureWords(context, "sign-in keys", verdict.cause);
      return refuse({ code: "sign-in-failed", problem: "unavailable" });
    default:
      return unreachable(verdict);
  }
}
