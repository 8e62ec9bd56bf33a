import { type Refusal, refuse } from "../errors.js";
import type { Model, ModelMatch, SeenModel } from "../policy/model.js";
import { type Aaguid, toAaguid } from "../policy/policy.js";
import type { Ports } from "../ports.js";

/** Models as they were typed, and what is said again when one of them has to be chosen. */
export interface TypedModels {
  readonly verb: "allow" | "remove";
  readonly models: readonly string[];
  readonly profile?: string;
}

/** What the catalogue knows by a name, in this tenant. */
type Search = (name: string) => readonly ModelMatch[];

/** More would not be read; more of the name finds fewer. */
const MOST_CANDIDATES = 8;

/**
 * Each model's AAGUID, once. An AAGUID is itself; a name has to be that of exactly one model, and a near miss is
 * asked back.
 * @param seen models of the tenant, which may have names only Graph knows
 */
export function resolveModels(
  ports: Pick<Ports, "catalogue">,
  typed: TypedModels,
  seen: readonly SeenModel[],
): readonly Aaguid[] | Refusal {
  const search: Search = (name) => ports.catalogue.search(name, seen);
  const names = typed.models.flatMap((name) => splitAtAnd(name, search));
  const found = new Set<Aaguid>();
  for (const name of names) {
    const matches = toAaguid(name) === undefined ? search(name) : [];
    const [model, ...more] = matches.filter(({ match }) => match === "same");
    const aaguid = toAaguid(name) ?? (more.length === 0 ? model?.model.aaguid : undefined);
    if (aaguid === undefined) return refuseName(name, matches, { ...typed, models: names }, seen);
    found.add(aaguid);
  }
  return [...found];
}

/** "Titan v2 and Nymi Band" is one name when there is such a model, and two when one of the two is known. */
function splitAtAnd(name: string, search: Search): readonly string[] {
  const parts = name.split(/\s+and\s+/i);
  if (parts.length === 1 || isName(name, search)) return [name];
  return parts.some((part) => isName(part, search)) ? parts : [name];
}

function isName(text: string, search: Search): boolean {
  return toAaguid(text) !== undefined || search(text).some(({ match }) => match === "same");
}

/** Models that people have come first: one of them is meant more often than not. */
function refuseName(
  name: string,
  matches: readonly ModelMatch[],
  typed: TypedModels,
  seen: readonly SeenModel[],
): Refusal {
  if (matches.length === 0) return refuse({ code: "unknown-model", typed: name });
  const same = matches.filter(({ match }) => match === "same");
  const models = (same.length > 0 ? same : matches).map(({ model }) => model);
  const isSeen = ({ aaguid }: Model) => seen.some((each) => each.aaguid === aaguid);
  const inUse = models.filter(isSeen);
  const others = typed.models.filter((other) => other !== name);
  return refuse({
    code: "ambiguous-model",
    typed: name,
    candidates: [...inUse, ...models.filter((model) => !isSeen(model))].slice(0, MOST_CANDIDATES),
    ...(inUse.length > 0 ? { inUse: inUse.map(({ aaguid }) => aaguid) } : {}),
    verb: typed.verb,
    ...(others.length > 0 ? { others } : {}),
    ...(typed.profile === undefined ? {} : { profile: typed.profile }),
  });
}
