import type { Ports } from "../ports.js";
import type { AccountCounts, Inventory, Keyholder, ModelInUse, RegisteredPasskey } from "./inventory.js";
import { PeopleHash } from "./people-hash.js";
import type { Scan } from "./scan.js";

/** How many of those who could not be read are named in the summary. */
const NAMED_AT_MOST = 100;

/**
 * What a scan found, from its people in the store.
 * @param accounts how many the tenant has; undefined: that could not be counted
 * @throws Fault
 */
export async function summarise(
  ports: Pick<Ports, "clock" | "scans">,
  scan: Scan,
  accounts: AccountCounts | undefined,
): Promise<Inventory> {
  const { tenantId, scanId } = scan;
  const counts = await ports.scans.counts(scan);
  if (counts.pending > 0) throw new Error(`scan ${scanId}: ${counts.pending} people were never asked about`);
  const usage = new Usage();
  const hash = new PeopleHash();
  for await (const page of ports.scans.keyholders(tenantId, scanId)) {
    hash.add(page);
    for (const person of page) usage.add(person);
  }
  return {
    scanId,
    kind: scan.kind,
    startedAt: scan.startedAt,
    finishedAt: ports.clock.now().toISOString(),
    fullSince: scan.fullSince,
    path: scan.path,
    asked: counts.read + counts.carried + counts.gone + counts.unread,
    carried: counts.carried,
    keyholders: usage.people,
    gone: counts.gone,
    unreadCount: counts.unread,
    unread: await ports.scans.unread(tenantId, scanId, NAMED_AT_MOST),
    models: usage.models(),
    methods: scan.methods,
    recentIncluded: scan.recentIncluded,
    ...(scan.oddEntries === undefined ? {} : { oddEntries: scan.oddEntries }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(scan.reportRows === undefined ? {} : { reportRows: scan.reportRows }),
    changesSince: scan.changesSince,
    askers: (await ports.scans.running(tenantId))?.askers ?? scan.askers,
    ...(scan.begunBy === undefined ? {} : { begunBy: scan.begunBy }),
    peopleHash: hash.digest(),
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
interface Counted extends Writable<Omit<ModelInUse, "types" | "attested" | "hint">> {
  hint: string | undefined;
  readonly types: Writable<ModelInUse["types"]>;
  readonly attested: Writable<ModelInUse["attested"]>;
}

/** Counts who uses which model. */
class Usage {
  readonly #models = new Map<string, Counted>();
  people = 0;

  add(person: Keyholder): void {
    this.people += 1;
    const seen = new Set<string>();
    for (const passkey of person.passkeys) {
      const model = this.#modelOf(passkey);
      if (!seen.has(passkey.aaguid)) model.people += 1;
      seen.add(passkey.aaguid);
      model.passkeys += 1;
      model.hint ??= passkey.model;
      model.types[passkey.type ?? "unsaid"] += 1;
      model.attested[passkey.attested === undefined ? "unsaid" : passkey.attested ? "yes" : "no"] += 1;
    }
  }

  models(): readonly ModelInUse[] {
    return [...this.#models.values()]
      .map(({ hint, ...model }): ModelInUse => ({ ...model, ...(hint === undefined ? {} : { hint }) }))
      .sort((a, b) => b.people - a.people || (a.aaguid < b.aaguid ? -1 : 1));
  }

  #modelOf({ aaguid }: RegisteredPasskey): Counted {
    const known = this.#models.get(aaguid);
    if (known !== undefined) return known;
    const fresh: Counted = {
      aaguid,
      hint: undefined,
      people: 0,
      passkeys: 0,
      types: { deviceBound: 0, synced: 0, unsaid: 0 },
      attested: { yes: 0, no: 0, unsaid: 0 },
    };
    this.#models.set(aaguid, fresh);
    return fresh;
  }
}
