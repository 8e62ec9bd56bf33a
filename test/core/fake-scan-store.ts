import type { AuditEntry } from "../../src/core/audit/record.js";
import { Fault } from "../../src/core/errors.js";
import { type Instant, type TenantId, tenantId } from "../../src/core/person.js";
import { askedEntry } from "../../src/core/plan/recorded/asked-entry.js";
import type { Inventory, Keyholder, PasskeyAnswer, ScanAsker } from "../../src/core/scan/inventory.js";
import type { Scan } from "../../src/core/scan/scan.js";
import { scanEntry } from "../../src/core/scan/scan-entry.js";
import type { DeferredChange, DeferredStore, PersonInScan, ScanStore } from "../../src/core/stores.js";

/** The one tenant there is in the tests of the core. */
const TENANT = tenantId("tenant");

interface Listed {
  position: number;
  account: PasskeyAnswer["account"];
  state: "pending" | "carried" | "read" | "gone" | "unread";
  passkeys: Keyholder["passkeys"];
  why: string;
}

interface Kept {
  scan: Scan;
  people: Map<string, Listed>;
  inventory?: Inventory;
}

/** Scans in memory, with the same promises as the real store; the same contract is run on both. */
export class FakeScanStore implements ScanStore {
  #scans: Kept[] = [];
  readonly #record: (entry: AuditEntry) => number | undefined;
  /** @param record adds to the record; left out: there is none */
  constructor(record: (entry: AuditEntry) => number | undefined = () => undefined) {
    this.#record = record;
  }
  /** Set to make every write fail, as a full disk would. */
  broken = false;

  async begin(scan: Scan) {
    this.#write();
    const running = this.#runningIn(scan.tenantId);
    if (running === undefined) {
      this.#scans.push({ scan, people: new Map() });
      return { scan, joined: false };
    }
    running.scan = { ...running.scan, askers: merged(running.scan.askers, scan.askers) };
    return { scan: running.scan, joined: true };
  }

  async running(tenant: TenantId = TENANT) {
    return this.#runningIn(tenant)?.scan;
  }

  async addPeople(
    scan: Scan,
    people: readonly PasskeyAnswer["account"][],
    { carry }: { readonly carry: boolean },
  ) {
    const kept = this.#inHand(scan);
    for (const account of people) {
      const there = kept.people.get(account.id);
      if (there !== undefined) {
        there.account = { ...account, isAdmin: account.isAdmin || there.account.isAdmin };
        continue;
      }
      const old = carry ? this.#peopleOf(scan.tenantId, scan.base)?.get(account.id) : undefined;
      const known = old?.state === "read" || old?.state === "carried";
      kept.people.set(account.id, {
        position: kept.people.size + 1,
        account,
        state: known ? "carried" : "pending",
        passkeys: known ? old.passkeys : [],
        why: "",
      });
    }
    kept.scan = { ...scan, askers: kept.scan.askers };
  }

  async addMissing(scan: Scan) {
    const kept = this.#inHand(scan);
    for (const old of this.#baseOf(scan)) {
      if ((old.passkeys.length > 0 || old.state === "unread") && !kept.people.has(old.account.id)) {
        const position = kept.people.size + 1;
        kept.people.set(old.account.id, { ...old, position, state: "pending", passkeys: [], why: "" });
      }
    }
    kept.scan = { ...scan, askers: kept.scan.askers };
  }

  async pending(scan: Scan, after: number, limit: number) {
    const page: { position: number; account: Listed["account"] }[] = [];
    // In the order of their positions, which is the order of the map.
    for (const { state, position, account } of this.#peopleOf(scan.tenantId, scan.scanId)?.values() ?? []) {
      if (state === "pending" && position > after) page.push({ position, account });
      if (page.length === limit) break;
    }
    return page;
  }

  async keepAnswers(scan: Scan, answers: readonly PasskeyAnswer[]) {
    const kept = this.#running(scan);
    for (const answer of answers) {
      const person = kept.people.get(answer.account.id);
      if (person === undefined) continue;
      person.state = answer.kind === "failed" ? "unread" : answer.kind;
      person.passkeys = answer.kind === "read" ? answer.passkeys : [];
      person.why = answer.kind === "failed" ? answer.why : "";
    }
  }

  async counts(scan: Scan) {
    const counts = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };
    for (const { state } of this.#peopleOf(scan.tenantId, scan.scanId)?.values() ?? []) counts[state] += 1;
    return counts;
  }

  async finish(scan: Scan, found: Inventory) {
    const inHand = this.#inHand(scan);
    const recordedAs = this.#record(scanEntry(scan.tenantId, found));
    const inventory = { ...found, ...(recordedAs === undefined ? {} : { recordedAs }) };
    const ended: Kept = { ...inHand, inventory };
    // To the end: the order is that in which they ended.
    this.#scans = [...this.#scans.filter((each) => !isSame(each.scan, scan)), ended];
    const finished = this.#finishedIn(scan.tenantId);
    const gone = finished.slice(0, -2);
    this.#scans = this.#scans.filter((each) => !gone.includes(each));
    return { ...scan, askers: ended.scan.askers };
  }

  async discard(scan: Pick<Scan, "tenantId" | "scanId">) {
    this.#write();
    const kept = this.#scans.find((each) => isSame(each.scan, scan) && each.inventory === undefined);
    this.#scans = this.#scans.filter((each) => each !== kept);
    return kept?.scan;
  }

  async latest(tenant: TenantId = TENANT) {
    return this.#finishedIn(tenant).at(-1)?.inventory;
  }

  async dropFinishedBefore(tenant: TenantId, before: Instant) {
    this.#write();
    const old = this.#scans.filter(
      ({ scan, inventory }) =>
        scan.tenantId === tenant && inventory !== undefined && inventory.finishedAt < before,
    );
    this.#scans = this.#scans.filter((kept) => !old.includes(kept));
    return old.length;
  }

  async finished(tenant: TenantId, scanId: string) {
    return this.#finishedIn(tenant).find(({ scan }) => scan.scanId === scanId)?.inventory;
  }

  async *keyholders(tenant: TenantId = TENANT, scanId: string) {
    const all = this.#everybodyIn({ tenantId: tenant, scanId })
      .filter((person) => person.passkeys.length > 0)
      .map(({ account, passkeys }): Keyholder => ({ ...account, passkeys }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let at = 0; ; at += 3) {
      if (this.#peopleOf(tenant, scanId) === undefined) {
        throw new Fault("store-unavailable", "the scan has been replaced");
      }
      const page = all.slice(at, at + 3);
      if (page.length === 0) return;
      yield page;
    }
  }

  async ofPerson(tenant: TenantId, scanId: string, id: string): Promise<PersonInScan> {
    if (this.#peopleOf(tenant, scanId) === undefined)
      throw new Fault("store-unavailable", "the scan has been replaced");
    const found = this.#everybodyIn({ tenantId: tenant, scanId }).find(({ account }) => account.id === id);
    if (found?.state === "unread") return { kind: "unread" };
    if (found === undefined || found.passkeys.length === 0) return { kind: "none" };
    return { kind: "read", passkeys: found.passkeys };
  }

  async unread(tenant: TenantId, scanId: string, limit: number) {
    const order = ({ isAdmin, name, id }: PasskeyAnswer["account"]) => `${isAdmin ? 0 : 1} ${name} ${id}`;
    return this.#everybodyIn({ tenantId: tenant, scanId })
      .filter((person) => person.state === "unread")
      .map(({ account, why }) => ({ ...account, why }))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))
      .slice(0, limit);
  }

  #runningIn(tenant: TenantId) {
    return this.#scans.find((each) => each.scan.tenantId === tenant && each.inventory === undefined);
  }

  #finishedIn(tenant: TenantId) {
    return this.#scans.filter((each) => each.scan.tenantId === tenant && each.inventory !== undefined);
  }

  #peopleOf(tenant: TenantId, scanId: string | undefined) {
    if (scanId === undefined) return undefined;
    return this.#scans.find((each) => isSame(each.scan, { tenantId: tenant, scanId }))?.people;
  }

  #everybodyIn({ tenantId: tenant, scanId }: Pick<Scan, "tenantId" | "scanId">) {
    return [...(this.#peopleOf(tenant, scanId)?.values() ?? [])];
  }

  #baseOf(scan: Scan): Iterable<Listed> {
    if (scan.base === undefined) return [];
    const people = this.#peopleOf(scan.tenantId, scan.base);
    if (people === undefined) throw new Fault("store-unavailable", "the scan before is gone");
    return people.values();
  }

  #running(scan: Scan): Kept {
    this.#write();
    const kept = this.#scans.find((each) => isSame(each.scan, scan));
    if (kept === undefined || kept.inventory !== undefined) {
      throw new Fault("store-unavailable", "the scan is not running any more");
    }
    return kept;
  }

  #inHand(scan: Scan): Kept {
    const kept = this.#running(scan);
    if (kept.scan.interruptions > scan.interruptions) {
      throw new Fault("store-unavailable", "another process goes on with the scan");
    }
    return kept;
  }

  #write(): void {
    if (this.broken) throw new Fault("store-unavailable", "the disk is full");
  }
}

type ScanKey = Pick<Scan, "tenantId" | "scanId">;

function isSame(one: ScanKey, other: ScanKey): boolean {
  return one.tenantId === other.tenantId && one.scanId === other.scanId;
}

function merged(there: readonly ScanAsker[], more: readonly ScanAsker[]): readonly ScanAsker[] {
  const isSameAsker = (one: ScanAsker) => (other: ScanAsker) =>
    other.conversation === one.conversation && other.person.id === one.person.id;
  const fresh = more.filter((asker) => !there.some(isSameAsker(asker)));
  const kept = there.map((asker) => {
    const again = more.find(isSameAsker(asker));
    return again?.shows === "at-once" ? again : asker;
  });
  return [...kept, ...fresh];
}

/** What waits for a scan, in memory. */
export class FakeDeferredStore implements DeferredStore {
  waiting: DeferredChange[] = [];
  readonly #record: (entry: AuditEntry) => number | undefined;
  constructor(record: (entry: AuditEntry) => number | undefined) {
    this.#record = record;
  }

  async add(waiting: DeferredChange) {
    if (this.waiting.some((each) => each.id === waiting.id)) return;
    const recordedAs = this.#record(askedEntry(waiting));
    this.waiting.push({ ...waiting, ...(recordedAs === undefined ? {} : { recordedAs }) });
  }

  async all(tenant: TenantId) {
    const order = ({ askedAt, id }: DeferredChange) => `${askedAt} ${id}`;
    return this.waiting
      .filter((each) => each.tenantId === tenant)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  async remove(id: string, record?: AuditEntry) {
    if (record !== undefined && this.waiting.some((each) => each.id === id)) this.#record(record);
    this.waiting = this.waiting.filter((each) => each.id !== id);
  }
}
