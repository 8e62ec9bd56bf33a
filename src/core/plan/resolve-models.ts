import { type Refusal, refuse } from "../errors.js";
import type { ModelMatch, SeenModel } from "../policy/model.js";
import { type Aaguid, type PasskeyType, toAaguid } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import { modelChoice } from "./model-choice.js";

/** Models as they were typed, and what is said again when one of them has to be chosen. */
export interface TypedModels {
  readonly verb: "allow" | "remove";
  readonly models: readonly string[];
  readonly profile?: string;
  readonly admits?: PasskeyType;
}

/** What the catalogue knows by a name, in this tenant. */
type Search = (name: string) => readonly ModelMatch[];

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

function refuseName(
  name: string,
  matches: readonly ModelMatch[],
  typed: TypedModels,
  seen: readonly SeenModel[],
): Refusal {
  if (matches.length === 0) return refuse({ code: "unknown-model", typed: name });
  const same = matches.filter(({ match }) => match === "same");
  const models = (same.length > 0 ? same : matches).map(({ model }) => model);
  const others = typed.models.filter((other) => other !== name);
  return refuse({
    code: "ambiguous-model",
    typed: name,
    ...modelChoice(models, seen),
    verb: typed.verb,
    ...(others.length > 0 ? { others } : {}),
    ...(typed.profile === undefined ? {} : { profile: typed.profile }),
    ...(typed.admits === undefined ? {} : { admits: typed.admits }),
  });
}
