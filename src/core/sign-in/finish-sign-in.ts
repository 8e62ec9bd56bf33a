import { sharedLookups } from "../access/shared-lookups.js";
import { whyNoAccess } from "../access/standing.js";
import { approvePlan } from "../approval/approve-plan.js";
import { type Refusal, refuse } from "../errors.js";
import type { Decided } from "../plan/close-plan.js";
import { findDecidable } from "../plan/open-plan.js";
import { planEntry } from "../plan/plan-entry.js";
import type { BrowserAnswer } from "../ports/acting.js";
import type { Ports, Rules } from "../ports.js";
import type { SignInOffer } from "../stores/sign-in-store.js";
import type { SignInOver } from "./begin-sign-in.js";
import { type Journey, journeyOf } from "./journey.js";
import { clickOf } from "./offer-sign-in.js";

/** A browser that is back from Entra. */
export interface Arrival {
  readonly link: string;
  /** The secret it set out with. */
  readonly browser: string;
  readonly state: string;
  readonly answer: BrowserAnswer;
}

/**
 * Goes on with the approval for which the person signed in. The offer is used up in any case; an answer that this
 * browser does not wait for uses nothing up.
 * @throws Fault when standing or store cannot be read: nothing was written then
 */
export async function finishSignIn(
  ports: Ports,
  rules: Rules,
  { link, browser, state, answer }: Arrival,
): Promise<SignInOver | { readonly offer: SignInOffer; readonly outcome: Refusal | Decided }> {
  const journey = journeyOf(link, browser);
  if (state !== journey.state) return { kind: "sign-in-over" };
  const offer = await ports.signIns.comeBack(link, browser, ports.clock.now().toISOString());
  if (offer?.tenantId !== rules.tenantId) return { kind: "sign-in-over" };
  return { offer, outcome: await goOn(ports, rules, offer, journey, answer) };
}

async function goOn(
  given: Ports,
  rules: Rules,
  offer: SignInOffer,
  journey: Journey,
  answer: BrowserAnswer,
): Promise<Refusal | Decided> {
  const ports = { ...given, directory: sharedLookups(given) };
  const refusal = await whyNoAccess(ports, rules, offer.person.id);
  if (refusal) return refusal;
  const click = clickOf(offer);
  const plan = await findDecidable(ports, rules, click);
  if ("kind" in plan) return plan;
  const signedIn = await ports.browserSignIn.exchange(journey, offer.person.id, answer);
  if (signedIn.kind === "sign-in-failed") {
    const { kind: _, claims, ...failure } = signedIn;
    const { person: by, conversation } = click;
    const at = ports.clock.now().toISOString();
    const detail = { ...failure, way: "browser" };
    await ports.audit.append(planEntry(plan, "attempt-failed", at, { by, conversation, detail }));
    return refuse({ code: "sign-in-failed", ...failure, ...(claims === undefined ? {} : { claims }) });
  }
  const decided = await approvePlan(ports, rules, click, signedIn);
  // With a proof it is never asked for again.
  if (decided.kind === "sign-in-needed") throw new Error("an approval with a sign-in asked for one");
  return decided;
}
