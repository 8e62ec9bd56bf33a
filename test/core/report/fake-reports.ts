import type { JsonObject } from "../../../src/core/json.js";
import { personId, tenantId } from "../../../src/core/person.js";
import type { Model, ModelMatch } from "../../../src/core/policy/model.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Ports } from "../../../src/core/ports.js";
import type { Inventory, Keyholder, ModelInUse } from "../../../src/core/scan/inventory.js";
import type { Scan } from "../../../src/core/scan/scan.js";
import type { ScanStore } from "../../../src/core/stores.js";
import { legacyPolicy } from "../policy/sample-policies.js";

const TENANT = tenantId("tenant");
const STARTED = "2026-11-22T10:00:00.000Z";
const FINISHED = "2026-11-22T10:20:00.000Z";

/** A model of the catalogue; known to the FIDO metadata unless said otherwise. */
export function model(aaguid: string, name: string, changes: Partial<Model> = {}): Model {
  return {
    aaguid: aaguid as Aaguid,
    name,
    kind: "security-key",
    warnings: [],
    source: "fido",
    ...changes,
  };
}

export function use(aaguid: string, people: number, changes: Partial<ModelInUse> = {}): ModelInUse {
  return {
    aaguid: aaguid as Aaguid,
    people,
    passkeys: people,
    types: { deviceBound: people, synced: 0, unsaid: 0 },
    attested: { yes: people, no: 0, unsaid: 0 },
    ...changes,
  };
}

export function inventory(models: readonly ModelInUse[], changes: Partial<Inventory> = {}): Inventory {
  const people = models.reduce((sum, each) => sum + each.people, 0);
  return {
    scanId: "scan-1",
    kind: "full",
    startedAt: STARTED,
    finishedAt: FINISHED,
    fullSince: STARTED,
    path: "report",
    asked: people,
    carried: 0,
    keyholders: people,
    gone: 0,
    unreadCount: 0,
    unread: [],
    models,
    methods: ["passKeyDeviceBound"],
    recentIncluded: true,
    changesSince: STARTED,
    askers: [],
    ...changes,
  };
}

export function scan(changes: Partial<Scan> = {}): Scan {
  return {
    tenantId: TENANT,
    scanId: "scan-2",
    kind: "full",
    startedAt: FINISHED,
    fullSince: FINISHED,
    changesSince: STARTED,
    askers: [],
    path: "report",
    listing: { step: "people" },
    methods: [],
    recentIncluded: true,
    interruptions: 0,
    ...changes,
  };
}

export function keyholder(name: string, aaguids: readonly string[], isAdmin = false): Keyholder {
  return {
    id: personId(name.toLowerCase()),
    name,
    isAdmin,
    passkeys: aaguids.map((aaguid) => ({
      aaguid: aaguid as Aaguid,
      model: undefined,
      type: "deviceBound",
      attested: true,
    })),
  };
}

/** What reports read: scans that were made, a policy, and a catalogue that finds parts of names. */
export class FakeReports {
  latest: Inventory | undefined;
  /** The one before the latest. */
  before: Inventory | undefined;
  running: Scan | undefined;
  policy: JsonObject | Error = legacyPolicy();
  models: readonly Model[] = [];
  /** By scan. */
  readonly keyholders = new Map<string, readonly Keyholder[]>();
  readonly rules = { tenantId: TENANT };

  readonly scans: Pick<ScanStore, "latest" | "finished" | "running" | "keyholders"> = {
    latest: async () => this.latest,
    finished: async (_, scanId) => [this.latest, this.before].find((scan) => scan?.scanId === scanId),
    running: async () => this.running,
    keyholders: (_, scanId) => pages(this.keyholders.get(scanId) ?? []),
  };

  readonly catalogue: Ports["catalogue"] = {
    model: (aaguid, hint) =>
      this.models.find((known) => known.aaguid === aaguid) ??
      model(aaguid, hint ?? "Unknown model", {
        kind: "unknown",
        source: hint === undefined ? "nobody" : "graph",
      }),
    metadataNumber: () => undefined,
    modelName: (aaguid, hint) => this.catalogue.model(aaguid, hint).name,
    search: (words, seen = []) => {
      const unlisted = seen.filter(({ aaguid }) => !this.models.some((known) => known.aaguid === aaguid));
      const all = [...this.models, ...unlisted.map(({ aaguid, hint }) => this.catalogue.model(aaguid, hint))];
      return all.flatMap((each): readonly ModelMatch[] => {
        const names = [each.name.toLowerCase(), each.aaguid];
        if (names.includes(words.toLowerCase())) return [{ model: each, match: "same" }];
        return names[0]?.includes(words.toLowerCase()) ? [{ model: each, match: "close" }] : [];
      });
    },
  };

  readonly ports = {
    scans: this.scans as ScanStore,
    catalogue: this.catalogue,
    tenant: {
      readPolicy: async () => {
        if (this.policy instanceof Error) throw this.policy;
        return this.policy;
      },
      readStrengths: async () => [],
      policyWritersSince: async () => [],
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
}

async function* pages(people: readonly Keyholder[]): AsyncIterable<readonly Keyholder[]> {
  for (const person of people) yield [person];
}
