import { WrongUsage } from "./store-place.js";

/** More plans than are made between a backup and the moment it is needed. */
export const NUMBERS_SKIPPED = 1_000;
const MOST_SKIPPED = 1_000_000;

/** By how much numbers are raised after a restore. @throws WrongUsage */
export function numbersSkipped(given: string | undefined): number {
  const skip = given === undefined ? NUMBERS_SKIPPED : Number(given);
  if (Number.isInteger(skip) && skip >= 1 && skip <= MOST_SKIPPED) return skip;
  throw new WrongUsage(`--skip takes a whole number from 1 to ${MOST_SKIPPED}.`);
}
