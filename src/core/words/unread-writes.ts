import type { OtherWriter } from "../policy/other-writer.js";
import { number } from "./amounts.js";

/** Entries of the audit log that could be read, and a sentence about those that could not. */
export function readWrites<Writer extends OtherWriter>(
  writers: readonly Writer[],
): { readonly named: readonly Writer[]; readonly unread?: string } {
  const named = writers.filter(({ isUnread }) => isUnread !== true);
  const count = writers.length - named.length;
  if (count === 0) return { named };
  const entries =
    count === 1
      ? "1 entry of Entra's audit log about the policy could not be read, so who made it"
      : `${number(count)} entries of Entra's audit log about the policy could not be read, so who made them`;
  return { named, unread: `${entries} is not known: look at the log in Entra.` };
}
