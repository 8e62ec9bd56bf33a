import { sharedLookups } from "../../core/access/shared-lookups.js";
import { whyNoAccess, whyNotApprover } from "../../core/access/standing.js";
import { validApprovals } from "../../core/approval/approval-rules.js";
import { approvePlan } from "../../core/approval/approve-plan.js";
import { type BegunApproval, beginApproval } from "../../core/approval/begin-approval.js";
import { cancelPlan, rejectPlan } from "../../core/approval/decide.js";
import { type Refusal, unreachable } from "../../core/errors.js";
import type { Click } from "../../core/plan/open-plan.js";
import type { Plan } from "../../core/plan/plan.js";
import { scanForPlan } from "../../core/plan/scan-for-plan.js";
import { viewPlan } from "../../core/report/report.js";
import { offerSignIn } from "../../core/sign-in/offer-sign-in.js";
import { type Seeing, viewIn } from "../board/plan-viewer.js";
import { failureWords, refusalWords } from "../board/reason-words.js";
import { planCard } from "../cards/plan/plan-card.js";
import { planDetails } from "../cards/plan/plan-details.js";
import type { PlanPress, Press } from "../incoming/read-press.js";
import { demandPrompt, SIGN_IN_NOT_FINISHED, SILENTLY_FAILED_PROMPT } from "../words/sign-in-text.js";
import type { AnswerContext } from "./answer-context.js";
import { answerDriftPress } from "./answer-drift-press.js";
import { answerNoticePress } from "./answer-notice-press.js";
import { answerScanPress } from "./answer-scan-press.js";
import type { ClickAnswer, ClickIncoming } from "./click-answer.js";
import { refuseForeign, replaceForeign } from "./foreign-press.js";
import { onItsCard } from "./pressed-card.js";
import { answerCheckPress } from "./presses/answer-check-press.js";
import { signInAfter } from "./presses/sign-in-after.js";
import { refuseToken } from "./presses/verify-token.js";

const NOT_OURS = "This button does not belong to a plan I know. Say `pending` to see the plans that wait.";
const TOO_LATE = "Your sign-in is needed, and asking for it took too long. Press Approve again.";
const SCANNING = "Scanning; this card changes when it is done.";

/** Carries out a click. Never throws: the person who clicked waits for an answer. */
export async function answerClick(given: AnswerContext, incoming: ClickIncoming): Promise<ClickAnswer> {
  // What decides over the person is looked up for this press, and by all steps together.
  const context = { ...given, ports: { ...given.ports, directory: sharedLookups(given.ports) } };
  try {
    const ahead = await lookAhead(context, incoming);
    const refusal = await whyNoAccess(context.ports, context.rules, incoming.person.id);
    if (refusal) return await refused(context, incoming, refusal);
    const { press } = incoming;
    if (press === undefined) return { kind: "text", text: NOT_OURS };
    const foreign = await refuseForeign(context, press);
    if (foreign) {
      replaceForeign(context, incoming, foreign);
      return await refused(context, incoming, foreign);
    }
    return await onItsCard(context, incoming, press, () => carryOut(context, incoming, press, ahead));
  } catch (error) {
    return { kind: "text", text: failureWords(context, incoming.press?.verb ?? "click", error) };
  }
}

/** What is known and asked for of an approval before it is known that the person may talk to the bot at all. */
interface Ahead {
  readonly refusedToken: Refusal | undefined;
  readonly begun: BegunApproval | undefined;
}

/** An approval with a good token asks for everything at once; undefined: it is none, or has no token. */
async function lookAhead(context: AnswerContext, incoming: ClickIncoming): Promise<Ahead | undefined> {
  const { press, token } = incoming;
  if (press?.verb !== "approve" || token === undefined) return undefined;
  const refusedToken = await refuseToken(context, incoming.person, token);
  if (refusedToken) return { refusedToken, begun: undefined };
  const click = clickOn(press, incoming);
  return { refusedToken, begun: await beginApproval(context.ports, context.rules, click, token) };
}

function clickOn({ planNumber, revision, digest }: PlanPress, { person, place }: ClickIncoming): Click {
  return { planNumber, revision, digest, person, conversation: place.id };
}

async function carryOut(
  context: AnswerContext,
  incoming: ClickIncoming,
  press: Press,
  ahead: Ahead | undefined,
): Promise<ClickAnswer> {
  if ("driftNumber" in press) {
    const answer = await answerDriftPress(context, incoming, press);
    const again = "press the button again";
    return answer.kind === "refusal" ? refused(context, incoming, answer, again) : answer;
  }
  if ("noticeId" in press) {
    const answer = await answerNoticePress(context, incoming, press);
    const again = "press Put off again";
    return answer.kind === "refusal" ? refused(context, incoming, answer, again) : answer;
  }
  if (press.verb === "trySignIn") {
    const answer = await answerCheckPress(context, incoming);
    const again = "press Try sign-in again";
    return answer.kind === "refusal" ? refused(context, incoming, answer, again) : answer;
  }
  if (!("planNumber" in press)) {
    const answer = await answerScanPress(context, incoming, press);
    return answer.kind === "refusal" ? refused(context, incoming, answer) : answer;
  }
  const { ports, rules } = context;
  const { planNumber, revision, digest } = press;
  const shown = { revision, digest };
  const click = clickOn(press, incoming);
  switch (press.verb) {
    case "approve":
      return approve(context, incoming, click, ahead);
    case "reject":
      return decided(context, incoming, await rejectPlan(ports, rules, click, press.reason.trim()));
    case "cancel":
      return decided(context, incoming, await cancelPlan(ports, rules, click));
    case "scan": {
      const result = await scanForPlan(ports, rules, click);
      return result.kind === "refusal"
        ? refused(context, incoming, result)
        : { kind: "text", text: SCANNING };
    }
    case "showAll":
    case "showLess": {
      const plan = await viewPlan(ports, rules, planNumber, shown);
      if ("kind" in plan) return refused(context, incoming, plan);
      const view = await viewIn(ports, rules, plan, incoming.place, context.messenger);
      const card = press.verb === "showAll" ? planDetails(plan, view, press.page) : planCard(plan, view);
      return { kind: "card", card, plan };
    }
    default:
      return unreachable(press);
  }
}

async function approve(
  context: AnswerContext,
  incoming: ClickIncoming,
  click: Click,
  ahead: Ahead | undefined,
): Promise<ClickAnswer> {
  const { ports, rules } = context;
  const { token } = incoming;
  if (token === undefined && incoming.fromSignIn) return afterSignIn(context, incoming, click);
  const result = ahead?.refusedToken ?? (await approvePlan(ports, rules, click, token, ahead?.begun));
  if (result.kind === "sign-in-needed") {
    const { unmet } = result;
    const link = await offerSignIn(ports, rules, click);
    const needsBrowser = unmet.length > 0 || context.silentSignIns.failedFor(click.person.id);
    if (!needsBrowser) {
      context.silentSignIns.ask(click);
      return { kind: "sign-in", link };
    }
    const prompt = unmet.length > 0 ? demandPrompt(unmet) : SILENTLY_FAILED_PROMPT;
    return { kind: "sign-in-in-browser", link, prompt, text: TOO_LATE };
  }
  if (result.kind === "decided") return decided(context, incoming, result, byApprover(click));
  const { text } = await refused(context, incoming, result);
  const next = signInAfter(result);
  if (next === undefined) return { kind: "text", text };
  const link = await offerSignIn(ports, rules, click, next.wanted);
  return { kind: "sign-in-in-browser", link, prompt: next.prompt, text };
}

/**
 * The press comes again from a sign-in window: approved there or not, the same request again would lead nowhere.
 * What is shown is how the plan stands by now.
 */
async function afterSignIn(
  context: AnswerContext,
  incoming: ClickIncoming,
  { planNumber, person, revision, digest }: Click,
): Promise<ClickAnswer> {
  const { ports, rules } = context;
  const plan = await viewPlan(ports, rules, planNumber, { revision, digest });
  if ("kind" in plan) return refused(context, incoming, plan);
  const isDone = plan.state.kind !== "waiting" || validApprovals(plan).some(({ by }) => by.id === person.id);
  return isDone
    ? decided(context, incoming, { kind: "decided", plan })
    : { kind: "text", text: SIGN_IN_NOT_FINISHED };
}

async function decided(
  context: AnswerContext,
  incoming: ClickIncoming,
  result: Refusal | { readonly kind: "decided"; readonly plan: Plan },
  seeing: Seeing = {},
): Promise<ClickAnswer> {
  if (result.kind === "refusal") return refused(context, incoming, result);
  const { plan } = result;
  const { ports, rules, messenger } = context;
  const view = await viewIn(ports, rules, plan, incoming.place, { isShut: messenger.isShut, ...seeing });
  return { kind: "card", card: planCard(plan, view), plan };
}

/** Who has just approved is shown the card of an approver, and not asked for again before the answer. */
function byApprover({ person: { id } }: Click): Seeing {
  return {
    mayApprove: async (ports, rules, person) =>
      person === id || (await whyNotApprover(ports, rules, person)) === undefined,
  };
}

async function refused(
  context: AnswerContext,
  { place }: ClickIncoming,
  refusal: Refusal,
  again?: string,
): Promise<Extract<ClickAnswer, { kind: "text" }>> {
  return { kind: "text", text: await refusalWords(context, place, refusal, again) };
}
