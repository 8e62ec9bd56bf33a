import { offerSignIn } from "../../core/sign-in/offer-sign-in.js";
import type { Incoming } from "../incoming/read-activity.js";
import { plain } from "../words/card-text.js";
import { SIGN_IN_BY_BUTTON, signInByLink, signInFailureText } from "../words/sign-in-failure-text.js";
import type { AnswerContext } from "./answer-context.js";

/**
 * A client could not sign the person in silently, which Teams does not tell the person. They hear why, who may mend it, and
 * the way by a browser: a link in their own chat; where others read along, the next press leads there.
 */
export async function answerSignInFailure(
  context: AnswerContext,
  { place, person, failure }: Extract<Incoming, { kind: "sign-in-failure" }>,
): Promise<void> {
  const { ports, rules, app, log, messenger, silentSignIns } = context;
  log.warn("silent-sign-in-failed", { person: person.id, why: failure });
  const click = silentSignIns.fail(person.id, place.id);
  const next =
    click === undefined || place.kind !== "personal"
      ? SIGN_IN_BY_BUTTON
      : signInByLink(click.planNumber, `${app.publicUrl}/sign-in/${await offerSignIn(ports, rules, click)}`);
  const { name } = await context.names(person);
  await messenger.post(place, {
    kind: "text",
    text: `${plain(name)}: ${signInFailureText(failure)} ${next}`,
  });
}
