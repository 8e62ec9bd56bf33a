import fc from "fast-check";

/**
 * What tests draw at random is drawn from one number, so that the same code is judged alike twice, and a red run says
 * something about the change. `LATCHKEY_TEST_SEED=random` draws others; every failure names its seed.
 */
const { LATCHKEY_TEST_SEED } = process.env;

export const SEED =
  LATCHKEY_TEST_SEED === "random"
    ? Math.floor(Math.random() * 1_000_000)
    : Number(LATCHKEY_TEST_SEED ?? 2026);

if (!Number.isSafeInteger(SEED)) throw new Error(`LATCHKEY_TEST_SEED is a whole number or "random".`);

fc.configureGlobal({ seed: SEED });

export { fc };
