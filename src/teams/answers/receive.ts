import { within } from "../../async/within.js";
import { unreachable } from "../../core/errors.js";
import type { Rules } from "../../core/ports.js";
import { answerOnce } from "../../core/replica/answer-once.js";
import { cardBody, type InvokeBody, loginBody, messageBody } from "../http/invoke-body.js";
import type { Place } from "../incoming/place.js";
import { readActivity } from "../incoming/read-activity.js";
import { plain } from "../words/card-text.js";
import { SIGN_IN_PROMPT } from "../words/sign-in-text.js";
import { answerClick } from "./answer-click.js";
import type { AnswerContext } from "./answer-context.js";
import { answerMessage } from "./answer-message.js";
import { answerSignInFailure } from "./answer-sign-in-failure.js";
import { answerSubmit } from "./answer-submit.js";
import { type ClickAnswer, type ClickIncoming, isLook } from "./click-answer.js";
import { showToApprover, showWaiting } from "./show-waiting.js";
import { welcome } from "./welcome.js";

const WORKING = "Working on it. The card changes when it is done.";
const FOREIGN =
  "Latchkey serves another organisation than yours, so it cannot answer here. Ask your own administrators.";
const ELSEWHERE = "Latchkey answers in Microsoft Teams only.";
const NAMELESS =
  "Latchkey cannot tell who you are in Entra, so it cannot answer. Sign in to Teams with your work account, then try again.";

/** One authenticated activity, and the way to answer it. */
export interface Turn {
  readonly activity: { readonly type: string };
  sendActivity(answer: object): Promise<unknown>;
}

/**
 * Deals with one authenticated activity. Messages are only accepted here; they are answered afterwards.
 * @param answerBy when a click has to be answered, on the clock of `performance.now`
 */
export async function receive(context: AnswerContext, turn: Turn, answerBy: number): Promise<void> {
  const { activity } = turn;
  const incoming = readActivity(activity, context.rules.tenantId);
  const isInvoke = activity.type === "invoke";
  switch (incoming.kind) {
    case "foreign":
      context.log.warn("activity-of-foreign-tenant", { type: activity.type });
      return isInvoke ? respond(turn, messageBody(FOREIGN)) : undefined;
    case "elsewhere":
      context.log.warn("activity-of-another-channel", { type: activity.type });
      return isInvoke ? respond(turn, messageBody(ELSEWHERE)) : undefined;
    case "nameless":
      context.log.warn("activity-of-nobody", { type: activity.type });
      return isInvoke ? respond(turn, messageBody(NAMELESS)) : undefined;
    case "removed":
      context.background.start("conversation forgotten", () =>
        context.comingAndGoing(incoming.place.id, () => forget(context, incoming.place)),
      );
      return;
    case "installed":
      context.background.start("conversation greeted", async () => {
        const { place } = incoming;
        // A removal just before is looked into first, or it would undo this.
        const seen = await context.comingAndGoing(place.id, () => remember(context, place));
        if (seen === "known") return;
        await welcome(context, place);
        await showToApprover(context, place);
      });
      return;
    case "noticed":
      context.background.start("conversation remembered", async () => {
        await remember(context, incoming.place);
      });
      return;
    case "message":
      context.background.start("message answered", async () => {
        await remember(context, incoming.place);
        await answerMessage(context, incoming);
      });
      return;
    case "sign-in-failure":
      context.background.start("sign-in failure told", async () => {
        await remember(context, incoming.place);
        await answerSignInFailure(context, incoming);
      });
      return respond(turn);
    case "click":
      if (incoming.via === "invoke") {
        context.background.start("conversation remembered", async () => {
          await remember(context, incoming.place);
        });
        return answerInvoke(context, turn, incoming, answerBy);
      }
      context.background.start("submit answered", async () => {
        await remember(context, incoming.place);
        const named = { ...incoming, person: await context.names(incoming.person) };
        await answerOnce(context.ports, context.rules, incoming.key, () => answerSubmit(context, named));
      });
      return;
    default:
      return unreachable(incoming);
  }
}

/**
 * Teams tells of a removal late at times, when the bot has been installed again: then the place, which may be an
 * approval room, stays as it is. @throws Fault
 */
async function forget(context: AnswerContext, { id }: Place): Promise<void> {
  const { ports, messenger, log } = context;
  const known = await ports.conversations.find(id);
  if (known === undefined) return;
  if (await messenger.isIn(known)) return log.info("removal-told-late", { kind: known.kind });
  await ports.conversations.forget(id);
  // Cards of plans that wait say whom they reach, which is fewer now.
  if (known.approvalRoom) await showWaiting(context);
  else await showToApprover(context, known);
}

/** A place that cannot be remembered still gets its answers; whether it is new is not known then, so it passes for known. */
async function remember(context: AnswerContext, place: Place): Promise<"added" | "known"> {
  // A personal chat seen without its person says less than what is known already.
  if (place.kind === "personal" && place.person === undefined) return "known";
  try {
    return await context.ports.conversations.remember(place);
  } catch (error) {
    context.log.error("conversation-not-remembered", { error });
    return "known";
  }
}

async function answerInvoke(
  context: AnswerContext,
  turn: Turn,
  incoming: ClickIncoming,
  answerBy: number,
): Promise<void> {
  const answer = context
    .names(incoming.person)
    .then((person) => answerClick(context, { ...incoming, person }));
  const early = within(answer, answerBy - performance.now());
  // From the first moment on: stopping has to wait for a write, however long the click takes to be answered.
  context.background.start("click answered", async () => {
    if ((await early) === undefined) await answerLate(context, incoming, await answer);
  });
  const given = (await early) ?? whileWorking(context.rules, incoming);
  return respond(turn, bodyOf(context, given));
}

/**
 * What is said when time is up. An approval that came without a token needs one in any case: to ask for it now, even
 * before it is known whether the plan can be approved, lets the next click go on from there.
 */
function whileWorking({ signInDemands = [] }: Rules, { press, token }: ClickIncoming): ClickAnswer {
  return press?.verb === "approve" && token === undefined && signInDemands.length === 0
    ? { kind: "sign-in", link: undefined }
    : { kind: "text", text: WORKING };
}

function bodyOf(context: AnswerContext, answer: ClickAnswer): InvokeBody {
  switch (answer.kind) {
    case "card":
    case "shared-card":
    case "page":
      return cardBody(answer.card);
    case "text":
      return messageBody(answer.text);
    case "sign-in-in-browser":
      return loginBody({ text: answer.prompt, address: signInAddress(context, answer.link) });
    case "sign-in":
      return loginBody({
        text: SIGN_IN_PROMPT,
        address: signInAddress(context, answer.link),
        silently: { id: context.ports.clock.newId(), uri: context.app.appIdUri },
      });
    default:
      return unreachable(answer);
  }
}

function signInAddress({ app }: AnswerContext, link: string | undefined): string {
  return link === undefined ? `${app.publicUrl}/sign-in` : `${app.publicUrl}/sign-in/${link}`;
}

/** The invoke was answered with "working": a decision shows on the card, anything else has to be said. */
async function answerLate(
  context: AnswerContext,
  { place, person, press }: ClickIncoming,
  answer: ClickAnswer,
): Promise<void> {
  const onlyLooked = press !== undefined && isLook(press);
  if ((answer.kind === "card" || answer.kind === "shared-card") && !onlyLooked) return;
  // Asked for when time was up.
  if (answer.kind === "sign-in") return;
  const words = "text" in answer ? answer.text : "that took too long to show. Press the button again.";
  await context.messenger.post(place, { kind: "text", text: `${plain(person.name)}: ${words}` });
}

async function respond(turn: Turn, body?: InvokeBody): Promise<void> {
  const said = body === undefined ? {} : { body };
  await turn.sendActivity({ type: "invokeResponse", value: { status: 200, ...said } });
}
