import { z } from "zod";
import { personId } from "../../core/person.js";
import {
  type AccountRef,
  type Inventory,
  isComplete,
  type Keyholder,
  type RegisteredPasskey,
} from "../../core/scan/inventory.js";
import type { Scan, ScanCounts } from "../../core/scan/scan.js";
import { storeFault } from "../engine/database.js";
import { parsedOnce, parseStored } from "../engine/stored-json.js";
import type { Tables } from "../schema.js";

const askers = z.array(z.looseObject({ conversation: z.string() }));
const storedScan = z.looseObject({
  tenantId: z.string(),
  scanId: z.string(),
  kind: z.enum(["full", "changes"]),
  startedAt: z.string(),
  fullSince: z.string(),
  changesSince: z.string(),
  askers,
  path: z.enum(["report", "all-users"]),
  listing: z.looseObject({ step: z.enum(["audit", "people", "missing", "done"]) }),
  methods: z.array(z.string()),
  interruptions: z.int(),
});

const storedInventory = z.looseObject({
  scanId: z.string(),
  kind: z.enum(["full", "changes"]),
  startedAt: z.string(),
  finishedAt: z.string(),
  fullSince: z.string(),
  path: z.enum(["report", "all-users"]),
  asked: z.number(),
  carried: z.number(),
  keyholders: z.number(),
  unreadCount: z.number(),
  unread: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  models: z.array(z.looseObject({ aaguid: z.string(), people: z.number() })),
  methods: z.array(z.string()),
  changesSince: z.string(),
  askers,
});

/** Of a person who has passkeys. */
const storedPasskeys = z.array(z.looseObject({ aaguid: z.string() })).min(1);

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toScan(row: Tables["scans"]): Scan {
  return parseStored(
    "the running scan",
    storedScan,
    row.body,
    (scan) => scan.tenantId === row.tenant_id && scan.scanId === row.scan_id,
  ) as unknown as Scan;
}

/** The latest, and one that a card still shows. */
const INVENTORIES_KEPT = 2;
const readInventory = parsedOnce(storedInventory, INVENTORIES_KEPT);

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toInventory(row: Tables["scans"]): Inventory {
  return readInventory(
    "what a scan found",
    row.body,
    (found) => found.scanId === row.scan_id && isComplete(found) === (row.complete === 1),
  ) as unknown as Inventory;
}

const NO_PEOPLE: ScanCounts = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };

/** @throws Fault when people are in a state we do not know: they would be in no figure */
export function toCounts(rows: readonly { readonly state: string; readonly people: number }[]): ScanCounts {
  if (rows.some((row) => !Object.hasOwn(NO_PEOPLE, row.state))) {
    throw storeFault("counting who was read", "a person is in a state that this version does not know");
  }
  return { ...NO_PEOPLE, ...Object.fromEntries(rows.map((row) => [row.state, Number(row.people)])) };
}

type PersonRow = Pick<Tables["scan_people"], "person_id" | "name" | "is_admin">;

export function toAccount(row: PersonRow): AccountRef {
  return { id: personId(row.person_id), name: row.name, isAdmin: row.is_admin === 1 };
}

/** @throws Fault when the row is damaged */
export function toKeyholder(row: PersonRow & Pick<Tables["scan_people"], "detail">): Keyholder {
  const stored = parseStored("the passkeys of a scan", storedPasskeys, row.detail);
  // JSON leaves out what is undefined.
  const passkeys = (stored as unknown as RegisteredPasskey[]).map(({ aaguid, model, type, attested }) => ({
    aaguid,
    model,
    type,
    attested,
  }));
  return { ...toAccount(row), passkeys };
}
