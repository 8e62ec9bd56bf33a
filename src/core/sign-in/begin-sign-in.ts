import { contextsIn } from "../access/sign-in-demands.js";
import { whyNoAccess } from "../access/standing.js";
import { approvePlan } from "../approval/approve-plan.js";
import type { Refusal } from "../errors.js";
import { findDecidable } from "../plan/open-plan.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import type { SignInOffer } from "../stores/sign-in-store.js";
import { journeyOf } from "./journey.js";
import { clickOf } from "./offer-sign-in.js";

/** The link is used up, its time is over, it never was, or another window has gone on with it. */
export interface SignInOver {
  readonly kind: "sign-in-over";
}

/** What a link is for. Looking changes nothing: previews and virus scanners look, too. @throws Fault */
export async function lookAtSignIn(
  ports: Ports,
  rules: Rules,
  link: string,
): Promise<{ readonly offer: SignInOffer; readonly outcome: Plan | Refusal } | SignInOver> {
  const offer = await found(ports, rules, link);
  if (offer === undefined) return { kind: "sign-in-over" };
  return { offer, outcome: await findDecidable(ports, rules, clickOf(offer)) };
}

/** Where the browser goes, and the secret that it comes back with. */
interface SetOut {
  readonly kind: "set-out";
  readonly address: string;
  readonly browser: string;
}

/** The person goes on to Entra: only for what could be approved at this moment. @throws Fault */
export async function beginSignIn(
  ports: Ports,
  rules: Rules,
  link: string,
): Promise<SetOut | SignInOver | { readonly offer: SignInOffer; readonly refusal: Refusal }> {
  const offer = await found(ports, rules, link);
  if (offer === undefined) return { kind: "sign-in-over" };
  const needed =
    (await whyNoAccess(ports, rules, offer.person.id)) ?? (await approvePlan(ports, rules, clickOf(offer)));
  if (needed.kind === "refusal") return { offer, refusal: needed };
  // Without a sign-in nothing is decided.
  if (needed.kind === "decided") throw new Error("approved without a sign-in");
  const browser = await ports.signIns.setOut(link, ports.clock.now().toISOString());
  if (browser === undefined) return { kind: "sign-in-over" };
  const { claims, prompt } = offer;
  const account = await accountOf(ports, offer);
  const address = ports.browserSignIn.address(journeyOf(link, browser), {
    ...(claims === undefined ? {} : { claims }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(account === undefined ? {} : { account }),
    contexts: contextsIn(needed.unmet),
  });
  return { kind: "set-out", address, browser };
}

/** As the directory has it: the names in an activity are for its sender to choose. */
function accountOf({ directory }: Ports, { person }: SignInOffer): Promise<string | undefined> {
  // The person chooses the account where it is not known; nothing else depends on it.
  return directory.signInName(person.id).catch(() => undefined);
}

async function found(ports: Ports, rules: Rules, link: string): Promise<SignInOffer | undefined> {
  const offer = await ports.signIns.find(link, ports.clock.now().toISOString());
  return offer?.tenantId === rules.tenantId ? offer : undefined;
}
