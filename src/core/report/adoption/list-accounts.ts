import { Fault } from "../../errors.js";
import type { ListedAccount, ListedPage } from "../../ports/passkey-source.js";
import type { Ports } from "../../ports.js";

/** How much of a list is read, and how long. */
export interface Patience {
  readonly pagesAtMost: number;
  readonly withinMs: number;
}

/** While a person waits for the answer in the chat. */
export const WHILE_ASKED: Patience = { pagesAtMost: 20, withinMs: 6_000 };
/** A wait that Graph asks for and that is longer is told instead. */
const LONGEST_WAIT_SECONDS = 10;

export interface Listed {
  readonly people: readonly ListedAccount[];
  /** Whether those are all there are. */
  readonly isComplete: boolean;
}

type Waiting = Pick<Ports, "clock" | "graphWaits">;

/** Accounts page by page, as many as patience allows. @throws Fault */
export async function listAccounts(
  { clock, graphWaits }: Waiting,
  { pagesAtMost, withinMs }: Patience,
  list: (next?: string) => Promise<ListedPage>,
): Promise<Listed> {
  let until = clock.elapsed() + withinMs;
  const people: ListedAccount[] = [];
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await list(next).catch(async (error: unknown) => {
      const seconds = shortWait(error);
      if (seconds === undefined) throw error;
      graphWaits.tell(seconds);
      await clock.sleep(seconds * 1000);
      until += seconds * 1000;
      return list(next);
    });
    people.push(...page.people);
    next = page.next;
    if (next === undefined) return { people, isComplete: true };
    if (pages >= pagesAtMost || clock.elapsed() > until) return { people, isComplete: false };
  }
}

/**
 * Administrators by the registration report. It needs a licence that other lists do not; undefined: without it the answer
 * is shorter, and says so.
 */
export async function listAdmins(
  ports: Waiting & Pick<Ports, "passkeys" | "log">,
  patience: Patience = WHILE_ASKED,
): Promise<Listed | undefined> {
  try {
    return await listAccounts(ports, patience, (next) => ports.passkeys.administrators(next));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("administrators-not-listed", { code: error.code });
    return undefined;
  }
}

/** How long Graph asks to wait for a page, where a person can be kept waiting so long. */
function shortWait(error: unknown): number | undefined {
  if (!(error instanceof Fault)) return undefined;
  const { code, retryAfterSeconds } = error;
  const isBusy = code === "graph-throttled" || code === "graph-unavailable";
  return isBusy && retryAfterSeconds !== undefined && retryAfterSeconds <= LONGEST_WAIT_SECONDS
    ? retryAfterSeconds
    : undefined;
}
