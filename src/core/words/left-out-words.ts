import type { LeftOut } from "../impact/left-out.js";
import { number, people } from "./amounts.js";

/** "The report has 4,812 of 4,900 enabled accounts: 88 people may be missing." */
export function leftOutSentence({ rows, enabled, missing }: LeftOut): string {
  return `The report has ${number(rows)} of ${number(enabled)} enabled accounts: ${people(missing)} may be missing.`;
}
