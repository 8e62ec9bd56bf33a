/**
 * How many mutations a test draws: a sample, or all of them with `LATCHKEY_TEST_MUTATIONS=all`, or as many as it says.
 */
export function howMany(sample: number, all: number): number {
  const asked = process.env.LATCHKEY_TEST_MUTATIONS;
  if (asked === undefined || asked === "") return sample;
  if (asked === "all") return all;
  const count = Number(asked);
  if (!Number.isInteger(count) || count < 1) throw new Error(`LATCHKEY_TEST_MUTATIONS is "${asked}"`);
  return count;
}

/** A sample that takes longer hangs. */
export const PATIENCE_MS = process.env.LATCHKEY_TEST_MUTATIONS ? 3_600_000 : 900_000;
