import { Fault } from "../core/errors.js";
import type { Patience } from "./lab-graph.js";
import { differing, type PutBack, putBack } from "./put-back.js";
import type { LabPorts } from "./run-lab.js";

export type Restored =
  | { readonly kind: "refused"; readonly why: string }
  /** No journal stands: every run before put back what it wrote. */
  | { readonly kind: "nothing" }
  | PutBack;

const PATIENT: Patience = { attempts: 9 };

/**
 * Puts back what a lab run that ended too early left, by its journal, and then removes that.
 * @throws JournalUnreadable
 */
export async function restoreFromJournal(
  { graph, journal, confirm, say }: LabPorts,
  { tenantId }: { readonly tenantId: string },
): Promise<Restored> {
  const entry = await journal.read();
  if (entry === undefined) return { kind: "nothing" };
  if (entry.tenantId !== tenantId)
    return {
      kind: "refused",
      why: `The journal is of another tenant: TENANT_ID has to be ${entry.tenantId}.`,
    };
  try {
    const { whole } = await graph.findPolicy(PATIENT);
    const names = differing(entry.policy, whole);
    const when = `how the lab found it at ${entry.startedAt}`;
    say(
      names.length === 0
        ? `The policy is ${when}.`
        : `The policy is not ${when}: ${names.join(", ")} differ.`,
    );
    if (names.length > 0 && !(await confirm(OVERWRITES)))
      return { kind: "refused", why: "Nothing was written." };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(error.message);
    return { kind: "not-back", why: `Graph could not be asked (${error.code})` };
  }
  const done = await putBack(graph, { saved: entry.policy, say });
  if (done.kind === "back") await journal.remove();
  return done;
}

const OVERWRITES =
  "The policy will be written as the lab found it. What another person changed since is overwritten.";
