import type { NamedGroups } from "../../../../core/policy/group.js";
import { BLOCKED_DAYS, type Blocked } from "../../../../core/report/standing/blocked.js";
import { listed, people } from "../../../../core/words/amounts.js";
import { groupsWords } from "../../../words/names.js";
import { modelTitle } from "../../../words/news/notice-words.js";
import type { CardElement } from "../../parts/card.js";
import { subtle, text } from "../../parts/card-parts.js";
import { allowedWords } from "../model-facts.js";

const NAMED = 4;

/** Who was refused a passkey lately, by model and by group; nothing where the log names no such person. */
export function blockedLines(blocked: Blocked | undefined, groups: NamedGroups): readonly CardElement[] {
  if (blocked === undefined) return [];
  const { byModel, byGroup, outside, isWhole } = blocked;
  const models = byModel.map(({ model, allowed, people: count }) =>
    model === undefined
      ? `model not said (${people(count)})`
      : `${modelTitle(model)} (${people(count)}, allowed today: ${allowedWords(allowed ?? "unknown").words})`,
  );
  const where = [
    ...byGroup.map(({ id, people: count }) => `${groupsWords([id], groups)}: ${people(count)}`),
    ...(outside === 0 ? [] : [`not among those passkeys are for: ${people(outside)}`]),
  ];
  const atLeast = isWhole ? "" : "at least ";
  return [
    text(
      `**Blocked at the door:** ${atLeast}${people(blocked.people)} could not register a passkey in the last ${BLOCKED_DAYS} days: ${listed(models, NAMED)}`,
      { spacing: "small", color: "warning" },
    ),
    ...(where.length === 0
      ? []
      : [subtle(`${listed(where, NAMED)}. By Entra's audit log.`, { spacing: "none" })]),
  ];
}
