import type { Drift } from "../../../core/drift/drift.js";
import type { CardElement } from "../parts/card.js";
import { smallLine } from "../parts/card-parts.js";

/** One line for cards about something else, while a drift is open. */
export function openDrift(drift: Pick<Drift, "number"> | undefined): readonly CardElement[] {
  if (drift === undefined) return [];
  const { number } = drift;
  return [
    smallLine([
      `⚠ Drift ${number} is open: the policy was changed outside Latchkey. `,
      { command: `drift ${number}` },
      " shows how.",
    ]),
  ];
}
