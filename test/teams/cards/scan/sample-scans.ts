import { conversationId } from "../../../../src/core/person.js";
import type { Model } from "../../../../src/core/policy/model.js";
import type { KeyRow, KeysInUse } from "../../../../src/core/report/keys-in-use.js";
import type { Inventory, ModelInUse } from "../../../../src/core/scan/inventory.js";
import type { Scan, ScanCounts, ScanNews } from "../../../../src/core/scan/scan.js";
import { inventory, model, scan, use } from "../../../core/report/fake-reports.js";
import { ADA } from "../plan/sample-plans.js";

export const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
export const NEO = "fa2b99dc-9e39-4257-8f92-4a30d23c4118";
const NANO = "ee882879-721c-4913-9775-3dfcce97072a";
const STRANGE = "11111111-2222-4333-8444-555555555555";

export function aScan(changes: Partial<Scan> = {}): Scan {
  const asker = { person: ADA, conversation: conversationId("19:room"), shows: "at-once" } as const;
  return scan({ askers: [asker], listing: { step: "done" }, ...changes });
}

export function running(
  changes: Partial<Extract<ScanNews, { kind: "running" }>> = {},
  counts: Partial<ScanCounts> = {},
): ScanNews {
  return {
    kind: "running",
    scan: aScan(),
    counts: { pending: 3_760, read: 1_240, carried: 0, gone: 0, unread: 0, ...counts },
    perMinute: 29.6,
    pausedUntil: undefined,
    secondsLeft: 7_620,
    ...changes,
  };
}

const USES: readonly ModelInUse[] = [
  use(NFC, 112, { passkeys: 120 }),
  use(NANO, 61, {
    types: { deviceBound: 60, synced: 1, unsaid: 0 },
    attested: { yes: 59, no: 1, unsaid: 1 },
  }),
  use(STRANGE, 2, {
    types: { deviceBound: 0, synced: 0, unsaid: 2 },
    attested: { yes: 0, no: 0, unsaid: 2 },
  }),
  use(NEO, 1),
];
const MODELS: readonly Model[] = [
  model(NFC, "YubiKey 5 NFC"),
  model(NANO, "YubiKey 5C Nano"),
  model(STRANGE, "Unknown model", { kind: "unknown", source: "nobody" }),
  model(NEO, "YubiKey NEO", { warnings: [{ status: "REVOKED", since: "2025-03-01" }] }),
];

export function found(changes: Partial<Inventory> = {}): Inventory {
  return inventory(USES, { asked: 214, keyholders: 174, ...changes });
}

const row = (at: number, allowed: KeyRow["allowed"]): KeyRow => ({
  ...(USES[at] as ModelInUse),
  model: MODELS[at] as Model,
  allowed,
});

export function keys(changes: Partial<KeysInUse> = {}): KeysInUse {
  return {
    kind: "keys-in-use",
    rows: [row(3, "no"), row(2, "some-types"), row(0, "yes"), row(1, "some-profiles")],
    passkeys: 184,
    inventory: found(),
    policy: "read",
    scanRunning: false,
    ...changes,
  };
}

/** As many models as there are, each with the longest name a card may meet. */
export function manyKeys(count: number): KeysInUse {
  const rows = Array.from({ length: count }, (_, at): KeyRow => {
    const aaguid = `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`;
    const warnings = [{ status: "USER_VERIFICATION_BYPASS" }, { status: "ATTESTATION_KEY_COMPROMISE" }];
    const each = use(aaguid, count - at, {
      types: { deviceBound: 1, synced: 1, unsaid: 1 },
      attested: { yes: 1, no: 1, unsaid: 1 },
    });
    return {
      ...each,
      model: model(aaguid, `${at} ${"*Ключ* [безопасности] ".repeat(12)}`, { warnings }),
      allowed: "some-profiles",
    };
  });
  return keys({ rows });
}
