import { type Aaguid, toAaguid } from "../core/policy/policy.js";
import { type FidoModel, fidoModel } from "./fido-model.js";
import { firmwareInMetadata } from "./metadata-firmware.js";

/** What a verified FIDO metadata BLOB says, without what we have no use for (most of it is pictures). */
export interface FidoMetadata {
  /** Grows with every publication. */
  readonly number: number;
  /** Day (`YYYY-MM-DD`) by which the next one is published. */
  readonly nextUpdate: string;
  readonly models: ReadonlyMap<Aaguid, FidoModel>;
  /** Of models of one name that differ by it. */
  readonly firmware: ReadonlyMap<Aaguid, string>;
}

/** Reads the payload of a BLOB. undefined: it lacks what makes it one. An entry we cannot read is left out. */
export function readFidoMetadata(payload: Readonly<Record<string, unknown>>): FidoMetadata | undefined {
  const { no, nextUpdate, entries } = payload;
  if (typeof no !== "number" || !Number.isSafeInteger(no) || no < 0) return undefined;
  if (typeof nextUpdate !== "string" || !isDay(nextUpdate) || !Array.isArray(entries)) return undefined;
  const models = modelsIn(entries);
  return { number: no, nextUpdate, models, firmware: firmwareInMetadata(models) };
}

function modelsIn(entries: readonly unknown[]): ReadonlyMap<Aaguid, FidoModel> {
  const models = new Map<Aaguid, FidoModel>();
  for (const entry of entries) {
    if (typeof entry !== "object" || entry === null) continue;
    // Entries of the older protocols, U2F and UAF, have other ids.
    const aaguid = "aaguid" in entry && typeof entry.aaguid === "string" ? toAaguid(entry.aaguid) : undefined;
    const model = fidoModel({ ...entry });
    if (aaguid === undefined || model === undefined) continue;
    const twin = models.get(aaguid);
    // Nothing of a warning may get lost where one model is listed twice.
    models.set(aaguid, twin ? { ...model, warnings: [...twin.warnings, ...model.warnings] } : model);
  }
  return models;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
