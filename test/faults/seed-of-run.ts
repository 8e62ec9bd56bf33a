/** Printed at once: a run that never ends is to be drawn again, too. */
export function seedOfRun(): number {
  const seed = Number(process.env.LATCHKEY_TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`LATCHKEY_TEST_SEED=${seed} draws the same again.`);
  return seed;
}
