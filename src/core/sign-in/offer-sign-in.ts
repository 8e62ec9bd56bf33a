import type { Click } from "../plan/open-plan.js";
import type { WantedSignIn } from "../ports/acting.js";
import type { Ports, Rules } from "../ports.js";
import type { SignInOffer } from "../stores/sign-in-store.js";

/** Long enough to find the phone with the second factor. */
const GOOD_FOR_MS = 10 * 60_000;

/**
 * Lets the person who pressed approve by signing in in a browser.
 * @returns the secret of the link
 * @throws Fault
 */
export function offerSignIn(
  ports: Pick<Ports, "signIns" | "clock">,
  rules: Pick<Rules, "tenantId">,
  click: Click,
  wanted: Pick<WantedSignIn, "claims" | "prompt"> = {},
): Promise<string> {
  const now = ports.clock.now();
  const { planNumber, revision, digest, person, conversation } = click;
  return ports.signIns.offer({
    tenantId: rules.tenantId,
    planNumber,
    revision,
    digest,
    person,
    conversation,
    offeredAt: now.toISOString(),
    validUntil: new Date(now.getTime() + GOOD_FOR_MS).toISOString(),
    ...wanted,
  });
}

/** The button that was pressed for it. */
export function clickOf({ planNumber, revision, digest, person, conversation }: SignInOffer): Click {
  return { planNumber, revision, digest, person, conversation };
}
