import { SEED } from "../setup/drawn.js";

/** Printed at once: a run that never ends is to be drawn again, too. */
export function seedOfRun(): number {
  console.log(`LATCHKEY_TEST_SEED=${SEED} draws the same again.`);
  return SEED;
}
