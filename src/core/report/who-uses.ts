import type { Refusal } from "../errors.js";
import type { Model } from "../policy/model.js";
import { type Aaguid, type PasskeyType, toAaguid } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import type { AccountRef, Inventory, RegisteredPasskey } from "../scan/inventory.js";
import { adminsFirst } from "./admins-first.js";
import { type FoundModels, findModels } from "./find-models.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";
import { modelsInUse } from "./models-in-use.js";

/** The people who registered passkeys of one model, of several models that are called so, or of one kind. */
export interface WhoUses {
  readonly kind: "who-uses";
  readonly models: readonly Model[];
  /** How models that do not share one name were asked for: by a maker, a family or a kind of passkey. */
  readonly called?: string;
  /** Administrators first, then by name. */
  readonly people: readonly AccountRef[];
  readonly passkeys: number;
  /** For each of the models its people, most first; who has several is counted for each. */
  readonly byModel: readonly { readonly model: Model; readonly people: number }[];
  readonly inventory: Inventory;
}

/** Kinds of passkeys by the words they are asked for with. */
const KINDS: Readonly<Record<string, PasskeyType>> = {
  "synced passkeys": "synced",
  "device-bound passkeys": "deviceBound",
};

/** @param scanId a scan that was shown before; the latest when left out */
export async function whoUses(
  ports: Pick<Ports, "scans" | "catalogue">,
  rules: Pick<Rules, "tenantId">,
  words: string,
  scanId?: string,
): Promise<WhoUses | Refusal | NoScan> {
  const inventory = await findScan(ports, rules, scanId);
  if (inventory === undefined) return NO_SCAN;
  const type = KINDS[words.toLowerCase()];
  const found =
    type === undefined ? modelsCalled(ports, inventory, words) : modelsWith(ports, inventory, type);
  if (found.kind === "refusal") return found;
  const wanted = new Set<string>(found.models.map(({ aaguid }) => aaguid));
  const counts = isUsed(inventory, wanted)
    ? await countHolders(ports, rules, inventory, (passkey) =>
        type === undefined ? wanted.has(passkey.aaguid) : passkey.type === type,
      )
    : { people: [], passkeys: 0, byModel: new Map<Aaguid, number>() };
  const names = new Set(found.models.map(({ name }) => name));
  return {
    kind: "who-uses",
    models: found.models,
    ...(type !== undefined || names.size > 1 ? { called: words } : {}),
    people: [...counts.people].sort(adminsFirst),
    passkeys: counts.passkeys,
    byModel: found.models
      .map((model) => ({ model, people: counts.byModel.get(model.aaguid) ?? 0 }))
      .filter(({ people }) => people > 0)
      .sort((a, b) => b.people - a.people),
    inventory,
  };
}

/** A maker or a family means all of its models that people use: it is counted, and nothing is changed by it. */
function modelsCalled(
  ports: Pick<Ports, "catalogue">,
  inventory: Inventory,
  words: string,
): FoundModels | Refusal {
  const found = findModels(ports, "who uses", words, inventory);
  if (toAaguid(words) !== undefined) return found;
  const isExact = found.kind === "found" && found.models.some(({ name }) => isSame(name, words));
  const family = isExact ? [] : modelsInUse(ports, inventory, words);
  return family.length > 0 ? { kind: "found", models: family } : found;
}

const isSame = (name: string, words: string): boolean => name.toLowerCase() === words.toLowerCase();

function modelsWith(
  { catalogue }: Pick<Ports, "catalogue">,
  inventory: Inventory,
  type: PasskeyType,
): FoundModels {
  const used = inventory.models.filter(({ types }) => types[type] > 0);
  return { kind: "found", models: used.map(({ aaguid, hint }) => catalogue.model(aaguid, hint)) };
}

function isUsed(inventory: Inventory, wanted: ReadonlySet<string>): boolean {
  return inventory.models.some(({ aaguid }) => wanted.has(aaguid));
}

async function countHolders(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  { scanId }: Inventory,
  isMeant: (passkey: RegisteredPasskey) => boolean,
) {
  const people: AccountRef[] = [];
  const byModel = new Map<Aaguid, number>();
  let passkeys = 0;
  for await (const page of scans.keyholders(tenantId, scanId)) {
    for (const { id, name, isAdmin, passkeys: all } of page) {
      const meant = all.filter(isMeant);
      if (meant.length > 0) people.push({ id, name, isAdmin });
      passkeys += meant.length;
      for (const aaguid of new Set(meant.map((passkey) => passkey.aaguid))) {
        byModel.set(aaguid, (byModel.get(aaguid) ?? 0) + 1);
      }
    }
  }
  return { people, passkeys, byModel };
}
