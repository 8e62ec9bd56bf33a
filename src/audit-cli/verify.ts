import type { ChainHead } from "../core/audit/chain.js";
import { RecordKeys } from "../core/audit/record-keys.js";
import { Fault } from "../core/errors.js";
import { checkPlan, type PlanFinding } from "../core/evidence/check-plan.js";
import { checkScan, type ScanFinding } from "../core/evidence/check-scan.js";
import { checkWatch, type WatchFinding } from "../core/evidence/check-watch.js";
import { withoutSkipped } from "../core/evidence/skipped-plans.js";
import { type ChainFinding, ChainWalk } from "../core/evidence/walk-chain.js";
import type { TenantId } from "../core/person.js";
import { hashPeople } from "../core/scan/people-hash.js";
import type { AuditReader, StoredTenant } from "../storage/audit/audit-reader.js";
import { findingWords, WHAT_TO_DO } from "./finding-words.js";
import type { Output } from "./output.js";
import { WrongUsage } from "./which-tenant.js";

type Finding = ChainFinding | PlanFinding | ScanFinding | WatchFinding;

/** Sentences for a tenant; one edit of a table may be thousands of findings. */
const MOST_SHOWN = 20;

/** Verifies every tenant, or one, and says how it went. @returns whether everything is intact */
export async function verify(
  reader: AuditReader,
  output: Output,
  {
    heads,
    tenant,
    keys = new RecordKeys(),
  }: { readonly heads: readonly ChainHead[]; readonly tenant?: TenantId; readonly keys?: RecordKeys },
): Promise<boolean> {
  const all = await reader.tenants();
  const chosen = tenant === undefined ? all : all.filter(({ tenantId }) => tenantId === tenant);
  if (heads.length > 0 && chosen.length > 1) {
    throw new WrongUsage(
      `--head belongs to one tenant, and there are ${chosen.length}: say which with --tenant.`,
    );
  }
  if (chosen.length === 0) return nothingThere(output, heads, tenant);
  let intact = true;
  for (const each of chosen) intact = (await verifyTenant(reader, output, each, { heads, keys })) && intact;
  if (!intact) await output.write(`\n${WHAT_TO_DO}\n`);
  return intact;
}

async function nothingThere(
  output: Output,
  heads: readonly ChainHead[],
  tenant: TenantId | undefined,
): Promise<boolean> {
  const noted = heads.filter(({ sequence }) => sequence > 0);
  if (noted.length === 0 && tenant !== undefined)
    throw new WrongUsage(`There is nothing of tenant ${tenant} here.`);
  if (noted.length === 0) {
    await output.write("There is no record yet.\n");
    return true;
  }
  const lines = noted.map((head) => findingWords({ kind: "head-missing", noted: head, last: 0 }));
  await output.write(`Not intact.\n${indented(lines)}\n${WHAT_TO_DO}\n`);
  return false;
}

async function verifyTenant(
  reader: AuditReader,
  output: Output,
  { tenantId, lastPlan, lastRecord }: StoredTenant,
  { heads, keys }: { readonly heads: readonly ChainHead[]; readonly keys: RecordKeys },
): Promise<boolean> {
  const walk = new ChainWalk(tenantId, heads, keys);
  const found = new Findings();
  for await (const record of reader.records(tenantId)) found.add(walk.take(record));
  found.add(walk.end(lastRecord));
  // By a record that was changed a plan cannot be judged.
  const chainIsIntact = walk.isIntact;
  const plans = chainIsIntact ? await verifyPlans(reader, tenantId, walk, lastPlan, found) : undefined;
  if (chainIsIntact) {
    await verifyScans(reader, tenantId, walk, found);
    found.add(checkWatch(walk.watch, await reader.baseline(tenantId), await reader.drifts(tenantId)));
  }
  const { sequence, hash } = walk.head;
  if (found.count > 0) {
    const more = found.count - found.shown.length;
    await output.write(
      `Tenant ${tenantId}: NOT INTACT\n${indented([
        ...found.shown.map(findingWords),
        ...(more > 0 ? [`And ${more} more.`] : []),
        ...(chainIsIntact ? [] : ["Plans were not compared with the record, because it is not intact."]),
      ])}`,
    );
    return false;
  }
  await output.write(
    `Tenant ${tenantId}: intact\n${indented([
      `${counted(sequence, "record")}, ${counted(plans ?? 0, "plan")}, each as its last record left it.`,
      ...provenWords(walk, keys),
      ...(heads.length === 0
        ? []
        : [
            `${counted(heads.length, "noted head")} found where ${heads.length === 1 ? "it was" : "they were"}.`,
          ]),
      `Head: ${sequence}:${hash}`,
      "Keep the head where nobody who can write to the store can change it. Later: verify --head with it.",
    ])}`,
  );
  return true;
}

/** @returns how many there are */
async function verifyPlans(
  reader: AuditReader,
  tenant: TenantId,
  walk: ChainWalk,
  lastPlan: number,
  found: Findings,
): Promise<number> {
  let last = lastPlan;
  for (const number of walk.marks.keys()) last = Math.max(last, number);
  let count = 0;
  let next = 1;
  const missingBefore = (end: number): void => {
    const missing = withoutSkipped({ from: next, to: end - 1 }, walk.skipped);
    found.add(missing.map((range) => ({ kind: "plans-missing", ...range })));
  };
  for await (const plan of reader.plans(tenant)) {
    missingBefore(plan.number);
    next = plan.number + 1;
    count += 1;
    const finding = checkPlan(plan, walk.marks.get(plan.number));
    if (finding !== undefined) found.add([finding]);
  }
  missingBefore(last + 1);
  return count;
}

/** What the proofs come to, where there are any. */
function provenWords({ proven, withoutKey }: ChainWalk, keys: RecordKeys): readonly string[] {
  const lines: string[] = [];
  if (keys.areThere) lines.push(`${counted(proven, "record")} proven by RECORD_KEY.`);
  if (withoutKey > 0) {
    lines.push(
      `${counted(withoutKey, "record")} made with a RECORD_KEY that is not set here: checked by ${withoutKey === 1 ? "its hash" : "their hashes"} only.`,
    );
  }
  return lines;
}

async function verifyScans(
  reader: AuditReader,
  tenant: TenantId,
  { scans }: ChainWalk,
  found: Findings,
): Promise<void> {
  for (const scan of await reader.scans(tenant)) {
    const peopleHash = await hashPeople(reader.keyholders(tenant, scan.scanId)).catch(damaged);
    const finding = checkScan(scan, scans, peopleHash);
    if (finding !== undefined) found.add([finding]);
  }
}

/** A row that makes no sense was not what was read: no hash is like this. */
function damaged(error: unknown): string {
  if (error instanceof Fault && error.code === "store-altered") return "";
  throw error;
}

/** The first findings, and how many there are. */
class Findings {
  readonly shown: Finding[] = [];
  count = 0;
  add(findings: readonly Finding[]): void {
    this.count += findings.length;
    this.shown.push(...findings.slice(0, MOST_SHOWN - this.shown.length));
  }
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join("");
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
