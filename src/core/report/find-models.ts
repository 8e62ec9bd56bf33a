import { type Refusal, refuse } from "../errors.js";
import { modelChoice } from "../plan/named/model-choice.js";
import type { Model, ModelMatch } from "../policy/model.js";
import { toAaguid } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";

/** One model, or several of one name. */
export interface FoundModels {
  readonly kind: "found";
  readonly models: readonly Model[];
}

/**
 * Models by what a person called them; an AAGUID is itself, known or not. Where only similar names are found, the
 * one name of them that people use is meant, with every model that bears it; if that does not decide it, the person
 * chooses. What was understood stands on the card.
 */
export function findModels(
  ports: Pick<Ports, "catalogue">,
  verb: "who uses" | "what is",
  typed: string,
  inventory: Inventory | undefined,
): FoundModels | Refusal {
  const used = inventory?.models ?? [];
  const aaguid = toAaguid(typed);
  if (aaguid !== undefined) {
    const hint = used.find((use) => use.aaguid === aaguid)?.hint;
    return { kind: "found", models: [ports.catalogue.model(aaguid, hint)] };
  }
  const matches = ports.catalogue.search(typed, used);
  const same = matches.filter(({ match }) => match === "same");
  if (same.length > 0) return { kind: "found", models: modelsOf(same) };
  const inUse = matches.filter(({ model }) => used.some((use) => use.aaguid === model.aaguid));
  const likely = inUse.length > 0 ? inUse : matches;
  const [first] = likely;
  if (first === undefined) return refuse({ code: "unknown-model", typed });
  if (likely.every(({ model }) => model.name === first.model.name)) {
    return { kind: "found", models: modelsOf(likely) };
  }
  return refuse({ code: "ambiguous-model", typed, ...modelChoice(modelsOf(matches), used), verb });
}

const modelsOf = (matches: readonly ModelMatch[]): readonly Model[] => matches.map(({ model }) => model);
