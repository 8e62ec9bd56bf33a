import { validApprovals } from "../../core/approval/approval-rules.js";
import type { Refusal } from "../../core/errors.js";
import { AuthorizationCode } from "../../core/person.js";
import { type Plan, summaryOf } from "../../core/plan/plan.js";
import type { BrowserAnswer, WantedSignIn } from "../../core/ports/acting.js";
import { beginSignIn, lookAtSignIn } from "../../core/sign-in/begin-sign-in.js";
import { finishSignIn } from "../../core/sign-in/finish-sign-in.js";
import { journeyName, nameInState } from "../../core/sign-in/journey.js";
import { clickOf, offerSignIn } from "../../core/sign-in/offer-sign-in.js";
import type { SentToSignIn, SignInPage, SignInPages } from "../../core/sign-in/sign-in-page.js";
import type { SignInOffer } from "../../core/stores/sign-in-store.js";
import { failureWords } from "../board/reason-words.js";
import { withoutMarkdown } from "../words/card-text.js";
import { planStory } from "../words/decide/plan-story.js";
import { planTitle } from "../words/plan-words.js";
import { consentAddress, refusalText } from "../words/refusal-text.js";
import { BACK_TO_TEAMS, LEAVE_IT, OVER, tryAgainText } from "../words/sign-in-text.js";
import type { AnswerContext } from "./answer-context.js";
import { signInAfter } from "./presses/sign-in-after.js";

/** How long a browser may stay away. The offer ends earlier by itself. */
const KEEP_SECONDS = 600;
const COOKIE = "latchkey-sign-in-";
const AGAIN = "press Approve again in Teams";
const NOT_APPROVED = "Not approved";

/** The way to approve by signing in in a browser. Never throws: the person who opened the page waits for an answer. */
export function signInPages(context: AnswerContext): SignInPages {
  const orWhyNot = async <Page>(what: string, make: () => Promise<Page>): Promise<Page | SignInPage> => {
    try {
      return await make();
    } catch (error) {
      return notApproved(withoutMarkdown(failureWords(context, what, error)));
    }
  };
  return {
    look: (link) => orWhyNot("sign-in page", () => look(context, link)),
    setOut: (link) => orWhyNot("sign-in", () => setOut(context, link)),
    comeBack(query, kept) {
      const page = orWhyNot("sign-in", () => comeBack(context, query, kept));
      // A stop waits for what this may write.
      context.background.start("sign-in finished", async () => {
        await page;
      });
      return page;
    },
  };
}

async function look({ ports, rules, app }: AnswerContext, link: string): Promise<SignInPage> {
  const looked = await lookAtSignIn(ports, rules, link);
  if ("kind" in looked) return OVER;
  const { offer, outcome } = looked;
  if ("kind" in outcome)
    return notApproved(refusalText(outcome, { ...app, namesShown: false, again: AGAIN }));
  return {
    title: `Approve plan #${outcome.number}`,
    sentences: [
      `The change: ${withoutMarkdown(planTitle(outcome))}. The card in Teams shows all of it.`,
      `Sign in as ${offer.person.name}: the change is made with your own rights, and only for this one plan.`,
      "If you did not press Approve in Teams just now, close this window.",
    ],
    button: { label: "Sign in and approve", link },
  };
}

async function setOut(
  { ports, rules, app }: AnswerContext,
  link: string,
): Promise<SignInPage | SentToSignIn> {
  const begun = await beginSignIn(ports, rules, link);
  if ("refusal" in begun)
    return notApproved(refusalText(begun.refusal, { ...app, namesShown: false, again: AGAIN }));
  if (begun.kind === "sign-in-over") return OVER;
  const { address, browser } = begun;
  return {
    address,
    keep: { name: COOKIE + journeyName(link), value: `${link}.${browser}`, seconds: KEEP_SECONDS },
  };
}

async function comeBack(
  context: AnswerContext,
  query: URLSearchParams,
  kept: (name: string) => string | undefined,
): Promise<SignInPage> {
  const { ports, rules, log } = context;
  const state = query.get("state") ?? "";
  const name = nameInState(state);
  const [link, browser] = (name === undefined ? undefined : kept(COOKIE + name))?.split(".") ?? [];
  if (link === undefined || browser === undefined) {
    // An answer that this browser did not ask for: stolen, or opened again.
    log.warn("sign-in-of-another-browser", {});
    return OVER;
  }
  const finished = await finishSignIn(ports, rules, { link, browser, state, answer: answerIn(query) });
  if ("kind" in finished) return OVER;
  const { offer, outcome } = finished;
  if (outcome.kind === "decided") return decided(outcome.plan, offer, ports.clock.now());
  return refused(context, offer, outcome);
}

function answerIn(query: URLSearchParams): BrowserAnswer {
  const code = query.get("code");
  if (code !== null) return { kind: "code", code: new AuthorizationCode(code) };
  const word = (name: string) => query.get(name) ?? "";
  return {
    kind: "error",
    error: word("error"),
    subcode: word("error_subcode"),
    description: word("error_description"),
  };
}

function decided(plan: Plan, { person }: SignInOffer, now: Date): SignInPage {
  const counts = validApprovals(plan).some(({ by }) => by.id === person.id);
  const isGood = plan.state.kind === "applied" || plan.state.kind === "applying" || counts;
  return {
    title: isGood ? "Approved" : "Not written",
    sentences: [withoutMarkdown(planStory(summaryOf(plan), now)), BACK_TO_TEAMS],
    // What was not written is there to be read.
    ...(isGood ? { isDone: true } : {}),
  };
}

/** Where another sign-in may do, it begins here: the plan, and what its card showed, stay the same. */
async function refused(
  { ports, rules, app, log }: AnswerContext,
  offer: SignInOffer,
  refusal: Refusal,
): Promise<SignInPage> {
  const again = nextTry(refusal);
  if (again !== undefined) {
    const { problem } = again;
    log.warn("browser-sign-in-failed", { person: offer.person.id, plan: offer.planNumber, problem });
  }
  if (again?.wanted === undefined)
    return notApproved(refusalText(refusal, { ...app, namesShown: false, again: AGAIN }));
  const link = await offerSignIn(ports, rules, clickOf(offer), again.wanted);
  const text = tryAgainText(refusal, consentAddress(app));
  return {
    title: NOT_APPROVED,
    sentences: [withoutMarkdown(text), LEAVE_IT],
    button: { label: again.label, link },
  };
}

interface NextTry {
  readonly problem: string;
  readonly label: string;
  /** undefined: another sign-in would not help. */
  readonly wanted: Pick<WantedSignIn, "claims" | "prompt"> | undefined;
}

/** How another sign-in has to be; undefined: it is not about the sign-in. */
function nextTry(refusal: Refusal): NextTry | undefined {
  if (refusal.code === "sign-in-too-weak") {
    const label = "Sign in with something stronger";
    return { problem: refusal.unmet.join(" "), label, wanted: { prompt: "login" } };
  }
  if (refusal.code === "not-written") {
    const wanted = signInAfter(refusal)?.wanted;
    return wanted && { problem: refusal.fault, label: "Sign in again", wanted };
  }
  if (refusal.code !== "sign-in-failed") return undefined;
  const { problem, entraCode = "" } = refusal;
  const told = `${problem} ${entraCode}`.trim();
  if (problem === "other-account") {
    return { problem: told, label: "Sign in with another account", wanted: { prompt: "select_account" } };
  }
  return { problem: told, label: "Sign in again", wanted: signInAfter(refusal)?.wanted };
}

function notApproved(text: string): SignInPage {
  return { title: NOT_APPROVED, sentences: [withoutMarkdown(text), BACK_TO_TEAMS] };
}
