import type { Stop } from "../../async/stop.js";
import { findEmergencyPeople } from "../access/emergency-people.js";
import { Fault } from "../errors.js";
import type { AccountPage, ReportPage } from "../ports/passkey-source.js";
import type { Ports, Rules } from "../ports.js";
import { asFullScan, reachesBackWithoutLicence } from "./begin-scan.js";
import type { AccountRef } from "./inventory.js";
import type { Pace } from "./pace.js";
import { PeoplePages } from "./people-pages.js";
import type { Listing, Scan } from "./scan.js";

type ListPorts = Pick<Ports, "clock" | "passkeys" | "directory" | "scans" | "log">;

export interface ListingJob {
  readonly pace: Pace;
  readonly emergencyAccounts: Rules["emergencyAccounts"];
  /** Called after people were added, with the scan as it is now. */
  readonly added: (scan: Scan) => Promise<void>;
  /** Called when every request has to wait. */
  readonly paused: () => void;
  /** Whether a person was listed already, so that giving up would lose something. */
  readonly hasBegun: () => boolean;
  readonly stop: Stop;
}

/** Attempts at one page, and the longest back-off between two. */
const ATTEMPTS = 5;
const LONGEST_BACK_OFF_SECONDS = 60;
const THROTTLED_ATTEMPTS = 20;
/** How often the listing is begun again because its next page was gone. */
const RESTARTS = 3;
/** Once something was listed there is something to lose: then an outage is waited out for so long. */
const LONGEST_OUTAGE_MS = 600_000;

/**
 * Finds out whom to read, page by page; each page and where to go on are stored together.
 * @returns the scan with its listing done; undefined when it was stopped
 * @throws Fault when a page cannot be read: after a few attempts, or ten minutes once a person was listed
 */
export async function listPeople(ports: ListPorts, scan: Scan, job: ListingJob): Promise<Scan | undefined> {
  const pages = new PeoplePages(ports, (read) => patiently(ports, job, read), mayPass);
  try {
    return await takeSteps(ports, scan, { ...job, pages });
  } finally {
    pages.close();
  }
}

async function takeSteps(ports: ListPorts, scan: Scan, job: Steps): Promise<Scan | undefined> {
  let restarts = 0;
  const seen = new Set<string>();
  for (let now = scan; ; ) {
    if (job.stop.isAsked) return undefined;
    if (now.listing.step === "done") return now;
    refuseCircle(now.listing, seen);
    try {
      now = await takeStep(ports, now, job);
    } catch (error) {
      // A link to a page is good for a while only; a person listed already is not added twice.
      if (!(error instanceof Fault) || !isPageGone(error, now.listing) || restarts >= RESTARTS) throw error;
      restarts += 1;
      seen.clear();
      ports.log.warn("listing-begun-again", { scan: now.scanId, why: error.message });
      now = begunAgain(now);
    }
    await job.added(now);
  }
}

/** @throws Fault for a page that was read already: the list would never end */
function refuseCircle(listing: Listing, seen: Set<string>): void {
  if (!("next" in listing) || listing.next === undefined) return;
  const page = `${listing.step} ${listing.next}`;
  if (seen.has(page)) {
    throw new Fault("graph-unreadable", "The pages of Graph's list of people go round in a circle.");
  }
  seen.add(page);
}

function isPageGone(error: Fault, listing: Listing): boolean {
  return error.code === "graph-bad-request" && "next" in listing && listing.next !== undefined;
}

/** Rows that were counted are counted anew. */
function begunAgain({ reportRows, ...scan }: Scan): Scan {
  const kept = scan.kind === "changes" && reportRows !== undefined ? { reportRows } : {};
  return { ...scan, ...kept, listing: { step: scan.listing.step === "audit" ? "audit" : "people" } };
}

interface Steps extends ListingJob {
  readonly pages: PeoplePages;
}

async function takeStep(ports: ListPorts, scan: Scan, job: Steps): Promise<Scan> {
  switch (scan.listing.step) {
    case "audit":
      return readChanges(ports, scan, job, scan.listing.next);
    case "people":
      return readPeople(ports, scan, job, scan.listing.next);
    default: {
      const next: Scan = { ...scan, listing: { step: "done" } };
      await ports.scans.addMissing(next);
      return next;
    }
  }
}

/** A person who changed something is read, even if the report does not list them yet, or the scan before knows them. */
async function readChanges(ports: ListPorts, scan: Scan, job: Steps, at: string | undefined): Promise<Scan> {
  // Neither list needs the other.
  if (at === undefined) job.pages.readAhead(scan, undefined);
  try {
    const page = await patiently(ports, job, () => ports.passkeys.changedSince(scan.changesSince, at));
    // The report lags, and these accounts must never be cut off: they are asked for in any case.
    const people = at === undefined ? [...(await emergency(ports, job)), ...page.people] : page.people;
    // A person changed something, and it cannot be told who: then no person can be taken for unchanged.
    const next =
      page.odd === undefined ? scan : { ...asFullScan(withOdd(scan, page)), recentIncluded: false };
    return await add(ports, next, people, { step: "audit", next: page.next }, false);
  } catch (error) {
    if (!(error instanceof Fault) || !LASTING.has(error.code) || isPageGone(error, scan.listing)) throw error;
    ports.log.warn("audit-log-not-read", { scan: scan.scanId, code: error.code, why: error.message });
    const full = { ...asFullScan(scan), recentIncluded: false };
    return add(ports, full, await emergency(ports, job), { step: "audit", next: undefined }, false);
  }
}

function withOdd(scan: Scan, { odd }: AccountPage): Scan {
  return odd === undefined ? scan : { ...scan, oddEntries: (scan.oddEntries ?? 0) + odd };
}

/** A scan of changes keeps the count of the last full scan: whom it misses, this one misses. */
function withRows(scan: Scan, { rows }: ReportPage): Scan {
  if (scan.kind === "changes" || rows === undefined) return scan;
  return { ...scan, reportRows: (scan.reportRows ?? 0) + rows };
}

/** Faults that come again however often one asks: then the audit log is of no use to us. */
const LASTING: ReadonlySet<string> = new Set([
  "graph-denied",
  "graph-no-licence",
  "graph-not-found",
  "graph-bad-request",
  "graph-unreadable",
]);

async function readPeople(ports: ListPorts, scan: Scan, job: Steps, at: string | undefined): Promise<Scan> {
  try {
    const page = await job.pages.page(scan, at);
    const methods = union(scan.methods, page.methods);
    const listing = { step: "people", next: page.next } as const;
    return await add(
      ports,
      { ...withRows(withOdd(scan, page), page), methods },
      page.people,
      listing,
      scan.kind === "changes",
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // The report needs a P1 or P2 licence; without one, every person has to be asked about.
    if (error.code === "graph-no-licence" && scan.path === "report") {
      const next: Scan = { ...scan, path: "all-users", listing: { step: "people" } };
      return reachesBackWithoutLicence(scan) ? next : asFullScan(next);
    }
    throw error;
  }
}

/** Stores people together with the step that follows. */
async function add(
  ports: ListPorts,
  scan: Scan,
  people: readonly AccountRef[],
  at: { readonly step: "audit" | "people"; readonly next: AccountPage["next"] },
  carry: boolean,
): Promise<Scan> {
  const next: Scan = { ...scan, listing: stepAfter(scan, at) };
  await ports.scans.addPeople(next, distinct(people), { carry });
  return next;
}

function stepAfter(
  scan: Scan,
  { step, next }: { readonly step: "audit" | "people"; readonly next: string | undefined },
): Listing {
  if (next !== undefined) return { step, next };
  if (step === "audit") return { step: "people" };
  return scan.base === undefined ? { step: "done" } : { step: "missing" };
}

async function emergency(ports: ListPorts, job: ListingJob): Promise<readonly AccountRef[]> {
  try {
    const { people } = await findEmergencyPeople(ports, job);
    return people.map(({ id, name }) => ({
      id,
      name: name === id ? `Emergency account ${id}` : name,
      isAdmin: false,
    }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // A plan looks them up by itself, and is refused while that fails: a scan need not end here.
    ports.log.warn("emergency-accounts-not-looked-up", { code: error.code, why: error.message });
    return [];
  }
}

/** A list that moves while it is paged can show the same person twice. */
function distinct(people: readonly AccountRef[]): readonly AccountRef[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}

/** Tries again what may pass, and waits as long as Graph asks. @throws Fault */
async function patiently<T>(ports: ListPorts, job: ListingJob, read: () => Promise<T>): Promise<T> {
  const since = ports.clock.now().getTime();
  for (let attempt = 1; ; attempt += 1) {
    await job.stop.orAfter(ports.clock, job.pace.pausedUntil - ports.clock.now().getTime());
    const ticket = job.pace.ticket();
    try {
      const page = await read();
      job.pace.onAnswered(0);
      return page;
    } catch (error) {
      if (!(error instanceof Fault) || job.stop.isAsked) throw error;
      if (error.code === "graph-throttled" && attempt < THROTTLED_ATTEMPTS) {
        // Reports and passkeys are counted together, so every request waits.
        job.pace.onThrottled(ticket, ports.clock.now().getTime(), 0, error.retryAfterSeconds);
        job.paused();
      } else if (mayPass(error) && (attempt < ATTEMPTS || isOutage(ports, job, since))) {
        const seconds = Math.min(LONGEST_BACK_OFF_SECONDS, error.retryAfterSeconds ?? 2 ** (attempt - 1));
        await job.stop.orAfter(ports.clock, seconds * 1000);
      } else {
        throw error;
      }
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof Fault && PASSING.has(error.code);
}

function isOutage(ports: ListPorts, job: ListingJob, since: number): boolean {
  return job.hasBegun() && ports.clock.now().getTime() - since < LONGEST_OUTAGE_MS;
}

const PASSING: ReadonlySet<string> = new Set([
  "graph-unavailable",
  "graph-unreachable",
  "graph-too-slow",
  "app-sign-in-failed",
  "app-consent-missing",
  "entra-unavailable",
]);
