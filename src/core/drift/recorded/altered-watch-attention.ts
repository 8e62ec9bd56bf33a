const WHAT_TO_DO =
  "Run `npm run audit -- verify`, find out who can write to the database, and put the row back from a backup (docs/operations.md, A row was edited).";

/** For the operator: why the policy is not compared with anything at present. */
export function alteredWatchAttention(driftNumber: number | undefined): string {
  const what = driftNumber === undefined ? "What the policy is compared with" : `Drift ${driftNumber}`;
  return `${what} is in the database not as it was recorded, so changes made elsewhere are not noticed and no drift is decided. ${WHAT_TO_DO}`;
}
