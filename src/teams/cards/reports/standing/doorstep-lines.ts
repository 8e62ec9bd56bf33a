import { type FaultCode, unreachable } from "../../../../core/errors.js";
import type { NamedGroups } from "../../../../core/policy/group.js";
import { BLOCKED_DAYS, type Blocked, type Doorstep } from "../../../../core/report/standing/blocked.js";
import { listed, people } from "../../../../core/words/amounts.js";
import { moment } from "../../../words/card-text.js";
import { groupsWords } from "../../../words/names.js";
import { modelTitle } from "../../../words/news/notice-words.js";
import type { CardElement } from "../../parts/card.js";
import { subtle, text } from "../../parts/card-parts.js";
import { allowedWords } from "../model-facts.js";

const NAMED = 4;

/** Who was refused a passkey lately, or what the log lets be said of it: silence would look like "none". */
export function doorstepLines(doorstep: Doorstep, groups: NamedGroups): readonly CardElement[] {
  switch (doorstep.kind) {
    case "blocked":
      return blockedLines(doorstep, groups);
    case "none":
      return [
        said(
          `nobody in the last ${BLOCKED_DAYS} days by Entra's audit log; the last one ${moment(doorstep.lastAt)}`,
        ),
      ];
    case "never-seen":
      return [
        said(
          `none seen in ${doorstep.isWhole ? "" : "the part that was read of "}Entra's audit log of the last ${doorstep.days} days. Entra may not log refused registrations, so this does not show that there were none.`,
        ),
      ];
    case "unread":
      return [said(`not known: ${whyUnread(doorstep.fault)}`)];
    default:
      return unreachable(doorstep);
  }
}

const said = (words: string): CardElement =>
  subtle(`**Blocked at the door:** ${words}`, { spacing: "small" });

function whyUnread(fault: FaultCode | undefined): string {
  switch (fault) {
    case undefined:
      return "Entra's audit log took too long to read. Say `status` again later.";
    case "graph-denied":
      return "Latchkey may not read Entra's audit log. `check` says what is missing.";
    case "graph-no-licence":
      return "this tenant's licence does not include reading Entra's audit log.";
    default:
      return "Entra's audit log could not be read. Say `status` again later; `check` says what does not work.";
  }
}

function blockedLines(blocked: Blocked, groups: NamedGroups): readonly CardElement[] {
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
