import type { Model } from "../policy/model.js";
import type { Policy } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory, ModelInUse } from "../scan/inventory.js";
import { type Allowed, allowedToday, typesSeen } from "./allowed-today.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** One model that people use. */
export interface KeyRow extends ModelInUse {
  readonly model: Model;
  readonly allowed: Allowed;
}

/** Every model in use by the latest finished scan, and what today's policy makes of it. */
export interface KeysInUse {
  readonly kind: "keys-in-use";
  /** Models with a warning and unknown ones first, then most people first. */
  readonly rows: readonly KeyRow[];
  readonly passkeys: number;
  readonly inventory: Inventory;
  /** `off`: passkeys are turned off, so none is allowed. `unreadable`: every row's `allowed` is `unknown`. */
  readonly policy: "read" | "off" | "unreadable";
  /** Whether a newer scan is being made at this moment. */
  readonly scanRunning: boolean;
}

/** @param scanId a scan that was shown before; the latest when left out */
export async function keysInUse(
  ports: Pick<Ports, "scans" | "catalogue" | "tenant" | "log">,
  rules: Pick<Rules, "tenantId">,
  scanId?: string,
): Promise<KeysInUse | NoScan> {
  const inventory = await findScan(ports, rules, scanId);
  if (inventory === undefined) return NO_SCAN;
  return keysBy(ports, rules, { inventory, policy: await readPolicyIfPossible(ports) });
}

/** The same by a scan and a policy that were read. @param from.policy undefined: it could not be */
export async function keysBy(
  ports: Pick<Ports, "scans" | "catalogue">,
  rules: Pick<Rules, "tenantId">,
  { inventory, policy }: { readonly inventory: Inventory; readonly policy: Policy | undefined },
): Promise<KeysInUse> {
  const rows = inventory.models.map((use) => rowOf(use, ports.catalogue.model(use.aaguid, use.hint), policy));
  return {
    kind: "keys-in-use",
    rows: rows.sort(inOrder),
    passkeys: inventory.models.reduce((sum, use) => sum + use.passkeys, 0),
    inventory,
    policy: policy === undefined ? "unreadable" : policy.state === "disabled" ? "off" : "read",
    scanRunning: (await ports.scans.running(rules.tenantId)) !== undefined,
  };
}

function rowOf(use: ModelInUse, model: Model, policy: Policy | undefined): KeyRow {
  const allowed = policy === undefined ? "unknown" : allowedToday(policy, use.aaguid, typesSeen(use));
  return { ...use, model, allowed };
}

function inOrder(a: KeyRow, b: KeyRow): number {
  return urgency(b) - urgency(a) || b.people - a.people || (a.aaguid < b.aaguid ? -1 : 1);
}

function urgency({ model }: KeyRow): number {
  if (model.warnings.length > 0) return 2;
  return model.source === "nobody" ? 1 : 0;
}
