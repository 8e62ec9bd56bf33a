import { type Refusal, refuse } from "../../errors.js";
import type { ModelMatch, SeenModel } from "../../policy/model.js";
import type { Aaguid, PasskeyType } from "../../policy/policy.js";
import type { WrongEntry } from "../../policy/typed-aaguid.js";
import { aaguidSlip, typedAaguid } from "../../policy/typed-aaguid.js";
import type { Ports } from "../../ports.js";
import { modelChoice } from "./model-choice.js";

/** Models as they were typed, and what is said again when one of them has to be chosen. */
export interface TypedModels {
  /** `new profile`: they are to be on the list that it begins with. */
  readonly verb: "allow" | "remove" | "new profile";
  readonly models: readonly string[];
  readonly lines?: readonly number[];
  readonly profile?: string;
  readonly admits?: PasskeyType;
}

/** More entries than any list of models has; a longer one is a slip of the paste. */
const ENTRIES_AT_MOST = 500;
const LONGEST_NAME = 200;
/** "all YubiKeys" are those that the word finds, to choose from. */
const EVERY = /^(?:all|any|every)(?: of)?(?: the| our)? (?=\S)/i;

/** What the catalogue knows by a name, in this tenant. */
type Search = (name: string) => readonly ModelMatch[];

/** One entry of the list. `matches`: what its name may mean, when it is not clear. */
interface Entry {
  readonly typed: string;
  readonly line?: number;
  /** What it means: one model, or all of a family; none: it is not understood. */
  readonly aaguids: readonly Aaguid[];
  readonly wrong?: WrongEntry["wrong"];
  readonly matches: readonly ModelMatch[];
}

/**
 * Each model's AAGUID, once. An AAGUID is itself; a name has to be that of exactly one model, or of a family that
 * is meant as a whole, such as Windows Hello; a near miss is asked back. Nothing comes of a list while one of its entries is not understood, and all of those are named.
 * @param seen models of the tenant, which may have names only Graph knows
 */
export function resolveModels(
  ports: Pick<Ports, "catalogue">,
  typed: TypedModels,
  seen: readonly SeenModel[],
): readonly Aaguid[] | Refusal {
  if (typed.models.length > ENTRIES_AT_MOST) return tooMany(typed.models.length);
  const known = new Map<string, readonly ModelMatch[]>();
  const search: Search = (name) => {
    if (name.length > LONGEST_NAME) return [];
    const found = known.get(name) ?? ports.catalogue.search(name, seen);
    known.set(name, found);
    return found;
  };
  const entries = typed.models.flatMap((name, at) => {
    const line = typed.lines?.[at];
    return splitAtAnd(name, search).map((part) => entryOf(part, line, search));
  });
  if (entries.length > ENTRIES_AT_MOST) return tooMany(entries.length);
  const wrong = entries.filter(({ aaguids }) => aaguids.length === 0);
  if (wrong.length === 0) return [...new Set(entries.flatMap(({ aaguids }) => aaguids))];
  return refuseEntries(entries, wrong, typed, seen);
}

function tooMany(entries: number): Refusal {
  return refuse({ code: "too-many-models", entries, limit: ENTRIES_AT_MOST });
}

function entryOf(typed: string, line: number | undefined, search: Search): Entry {
  const entry = { typed, ...(line === undefined ? {} : { line }) };
  const own = typedAaguid(typed);
  if (own !== undefined) return { ...entry, aaguids: [own], matches: [] };
  const slip = aaguidSlip(typed);
  if (slip !== undefined) return { ...entry, aaguids: [], wrong: slip, matches: [] };
  const labelled = /^(.+) (\S+)$/.exec(typed);
  const aaguid = typedAaguid(labelled?.[2] ?? "");
  if (aaguid !== undefined)
    return { ...entry, ...withLabel(labelled?.[1] ?? "", aaguid, search), matches: [] };
  const matches = search(typed.replace(EVERY, ""));
  const same = matches.filter(({ match }) => match === "same");
  const isClear = same.length === 1 || (same.length > 1 && same.every(({ family }) => family === true));
  if (isClear) return { ...entry, aaguids: same.map(({ model }) => model.aaguid), matches };
  return { ...entry, aaguids: [], wrong: { kind: matches.length === 0 ? "unknown" : "several" }, matches };
}

/** What stands beside an AAGUID may be any words, such as whose key it is, but not the name of another model. */
function withLabel(label: string, aaguid: Aaguid, search: Search): Pick<Entry, "aaguids" | "wrong"> {
  const named = search(label).filter(({ match }) => match === "same");
  const contradicts = named.length > 0 && named.every(({ model }) => model.aaguid !== aaguid);
  return contradicts ? { aaguids: [], wrong: { kind: "other-model" } } : { aaguids: [aaguid] };
}

/** "Titan v2 and Nymi Band" is one name when there is such a model, and two when one of the two is known. */
function splitAtAnd(name: string, search: Search): readonly string[] {
  const parts = name.split(/\s+(?:and|&|\+)\s+/i);
  if (parts.length === 1 || isName(name, search)) return [name];
  return parts.some((part) => isName(part, search)) ? parts : [name];
}

function isName(text: string, search: Search): boolean {
  return typedAaguid(text) !== undefined || search(text).some(({ match }) => match === "same");
}

/** One name of which it is not clear what it means is chosen for; of a list all that is wrong is said at once. */
function refuseEntries(
  entries: readonly Entry[],
  wrong: readonly Entry[],
  { verb, profile, admits }: TypedModels,
  seen: readonly SeenModel[],
): Refusal {
  const again = {
    verb,
    ...(profile === undefined ? {} : { profile }),
    ...(admits === undefined ? {} : { admits }),
  };
  const [first, ...more] = wrong;
  if (first !== undefined && more.length === 0 && first.matches.length > 0) {
    const same = first.matches.filter(({ match }) => match === "same");
    const models = (same.length > 0 ? same : first.matches).map(({ model }) => model);
    const others = entries.filter((entry) => entry !== first).map(({ typed }) => typed);
    return refuse({
      code: "ambiguous-model",
      typed: first.typed,
      ...modelChoice(models, seen),
      ...again,
      ...(others.length > 0 ? { others } : {}),
    });
  }
  if (first?.wrong?.kind === "unknown" && entries.length === 1) {
    return refuse({ code: "unknown-model", typed: first.typed });
  }
  return refuse({
    code: "entries-not-understood",
    wrong: wrong.map(({ typed, line, wrong: why }) => ({
      typed,
      ...(line === undefined ? {} : { line }),
      wrong: why ?? { kind: "unknown" },
    })),
    understood: [...new Set(entries.flatMap(({ aaguids }) => aaguids))],
    ...again,
  });
}
