import { canBeOf, type Shown, shownDigest } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { Drift } from "./drift.js";

/** What the drift's card shows, in short. Who wrote and what it means for people may become known later. */
export function driftDigest({ tenantId, installation = "", number, foundAt, ...drift }: Drift): string {
  const { before, after } = drift.difference;
  return shownDigest(
    { drift: number, tenant: tenantId, installation, foundAt },
    { revision: drift.revision, before, after },
  );
}

/** Why the card with this button is not of this drift; undefined: it is, in this revision or in another one. */
export function refuseOtherDrift(drift: Drift, shown: Shown): Refusal | undefined {
  const { number: driftNumber, revision } = drift;
  if (canBeOf(shown, { revision, digest: driftDigest(drift) })) return undefined;
  return refuse({ code: "other-drift", driftNumber });
}
