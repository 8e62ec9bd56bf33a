import type { Stop } from "../../async/stop.js";
import type { Ports, Rules } from "../ports.js";
import { countAccounts } from "./count-accounts.js";
import type { AccountCounts, ScanAsker } from "./inventory.js";
import { listPeople } from "./list-people.js";
import { Pace } from "./pace.js";
import { PasskeyReading } from "./read-passkeys.js";
import type { Scan, ScanNews } from "./scan.js";
import { ScanProgress } from "./scan-progress.js";
import { summarise } from "./summarise.js";

type RunPorts = Pick<Ports, "clock" | "passkeys" | "directory" | "scans" | "log" | "announcer">;

/** A scan that is being run by this process. */
export interface RunningScan {
  /** Resolves when it has finished; to undefined when it was stopped before. @throws Fault */
  readonly finished: Promise<Extract<ScanNews, { kind: "finished" }> | undefined>;
  /** Whether people are still being listed or read; what follows then is soon over. */
  readonly isReading: boolean;
  /** These ask for it by now: each new one among them is told how it goes. */
  joined(askers: readonly ScanAsker[]): void;
}

/**
 * Runs a scan from where it is: lists people and reads them at the same time, and keeps what it found. What was
 * stored stays stored whenever this ends, so that the scan can be gone on with.
 */
export function runScan(
  ports: RunPorts,
  rules: Pick<Rules, "emergencyAccounts">,
  scan: Scan,
  stop: Stop,
): RunningScan {
  const pace = new Pace(scan.interruptions);
  const progress = new ScanProgress(ports, pace, scan);
  let isReading = true;
  const read = async () => {
    try {
      progress.counted(await ports.scans.counts(scan));
      progress.tell();
      return await readEveryPerson(ports, rules, { scan, stop, pace, progress });
    } finally {
      isReading = false;
    }
  };
  const run = async () => {
    const done = await read();
    if (done === undefined || stop.isAsked) return undefined;
    const { listed, accounts } = done;
    const summary = await summarise(ports, listed, accounts);
    const finished = await ports.scans.finish(listed, summary);
    // With the number of its record, unless two more scans have ended already.
    const inventory = (await ports.scans.finished(listed.tenantId, listed.scanId)) ?? summary;
    ports.log.info("scan-finished", {
      scan: scan.scanId,
      kind: inventory.kind,
      begunBy: inventory.begunBy ?? "person",
      path: inventory.path,
      asked: inventory.asked,
      carried: inventory.carried,
      keyholders: inventory.keyholders,
      gone: inventory.gone,
      unread: inventory.unreadCount,
      seconds: (Date.parse(inventory.finishedAt) - Date.parse(inventory.startedAt)) / 1000,
    });
    return { kind: "finished", scan: finished, inventory } as const;
  };
  return {
    finished: run(),
    get isReading() {
      return isReading;
    },
    joined: (askers) => progress.joined(askers),
  };
}

interface Work {
  readonly scan: Scan;
  readonly stop: Stop;
  readonly pace: Pace;
  readonly progress: ScanProgress;
}

/** What everybody's answers are summed up with. */
interface EveryPersonRead {
  readonly listed: Scan;
  readonly accounts: AccountCounts | undefined;
}

/** @returns the scan when every person is listed and read; undefined when it was stopped */
async function readEveryPerson(
  ports: RunPorts,
  rules: Pick<Rules, "emergencyAccounts">,
  { scan, stop, pace, progress }: Work,
): Promise<EveryPersonRead | undefined> {
  const reading = new PasskeyReading(ports, scan, {
    pace,
    stop,
    answersKept: (answers) => progress.answered(answers),
    paused: () => progress.tell(),
    allWait: (until) => progress.waitsUntil(until),
  });
  const listing = async () => {
    const listed = await listPeople(ports, scan, {
      pace,
      stop,
      paused: () => progress.tell(),
      hasBegun: () => progress.people > 0,
      emergencyAccounts: rules.emergencyAccounts,
      added: async (now) => {
        progress.listed(now, await ports.scans.counts(now));
        reading.listed(false);
      },
    });
    reading.listed(listed !== undefined);
    if (listed === undefined) return undefined;
    // While the last answers come: earlier, a process that dies would ask in vain. One that stops does not wait for it.
    await Promise.race([reading.allAsked, stop.asked]);
    if (stop.isAsked) return undefined;
    const counted = countAccounts(ports, listed);
    return { listed, accounts: await Promise.race([counted, stop.asked.then(() => undefined)]) };
  };
  try {
    const [done] = await Promise.all([listing(), reading.run()]);
    return done;
  } catch (error) {
    // Neither half is of use without the other.
    stop.ask();
    throw error;
  }
}
