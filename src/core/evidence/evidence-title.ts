import type { AuditRecord } from "../audit/record.js";
import type { Effect } from "../impact/effect.js";
import { isJsonObject } from "../json.js";
import type { Plan } from "../plan/plan.js";
import type { NamedGroups } from "../policy/group.js";
import type { Intent } from "../policy/intent.js";
import { BARE } from "../words/medium.js";
import { planTitleIn } from "../words/title/plan-title.js";

const { planTitle } = planTitleIn(BARE);

/**
 * The title that a revision had on its card, by its record; the plan lends names. A record of an earlier version does
 * not tell what the plan does to people: there it is what was asked.
 */
export function recordedTitle(record: AuditRecord | undefined, { intent, proposal }: Plan): string {
  const { effect, groups, intent: meant } = record?.detail ?? {};
  const { modelNames, groupNames } = proposal;
  try {
    return planTitle({
      intent: isJsonObject(meant) ? (meant as unknown as Intent) : intent,
      proposal: {
        modelNames,
        groupNames,
        ...(isJsonObject(groups)
          ? { groupFacts: groups as unknown as Required<NamedGroups>["groupFacts"] }
          : {}),
        ...(isJsonObject(effect) ? { effect: effect as unknown as Effect } : {}),
      },
    });
  } catch {
    return "The record of this revision cannot be read"; // Edited since: the seal at the top of the page says so.
  }
}

/** What was typed, by the record of the proposal; by the plan where that does not tell. */
export function recordedCommand(records: readonly AuditRecord[], { command }: Plan): string {
  const said = records.find(({ event }) => event === "plan-proposed")?.detail.command;
  return typeof said === "string" ? said : command;
}
