import { EDITED_ROW_ADVICE } from "../../audit/edited-row-advice.js";

/** For the operator: why the policy is not compared with anything at present. */
export function alteredWatchAttention(driftNumber: number | undefined): string {
  const what = driftNumber === undefined ? "What the policy is compared with" : `Drift ${driftNumber}`;
  return `${what} is in the database not as it was recorded, so changes made elsewhere are not noticed and no drift is decided. ${EDITED_ROW_ADVICE}`;
}
