import type { Model, SeenModel } from "../../policy/model.js";
import type { Aaguid } from "../../policy/policy.js";

/** More would not be read; more of the name finds fewer. */
const CHOICES_SHOWN = 8;

/** Models of which a person chooses one. */
export interface ModelChoice {
  readonly candidates: readonly Model[];
  /** Those of them that people of the tenant have registered; absent when there are none. */
  readonly inUse?: readonly Aaguid[];
}

/** Models that people have come first: one of them is meant more often than not. @param models best first */
export function modelChoice(models: readonly Model[], seen: readonly SeenModel[]): ModelChoice {
  const isSeen = ({ aaguid }: Model) => seen.some((each) => each.aaguid === aaguid);
  const candidates = [...models.filter(isSeen), ...models.filter((model) => !isSeen(model))].slice(
    0,
    CHOICES_SHOWN,
  );
  const inUse = candidates.filter(isSeen).map(({ aaguid }) => aaguid);
  return { candidates, ...(inUse.length > 0 ? { inUse } : {}) };
}
