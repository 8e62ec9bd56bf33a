import { postureFlips } from "../impact/posture.js";
import type { PlanWarning } from "../impact/warnings.js";
import type { Weakening } from "../impact/weakenings.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Plan } from "../plan/plan.js";
import { BARE } from "../words/medium.js";
import { overlapWords } from "../words/overlap-words.js";
import { postureWords } from "../words/posture/posture-words.js";
import { warningWords } from "../words/warning-words.js";
import { weakeningWords } from "../words/weakening-words.js";
import { type Html, html } from "./evidence-html.js";

/** What the approver of a revision was warned of, by its record, in the words of the card. */
export function warningsPart(detail: JsonObject | undefined, plan: Plan): Html {
  const recorded = detail?.warnings;
  if (!Array.isArray(recorded))
    return html`<p class="quiet">The record of this revision says nothing of it.</p>`;
  const lines = [...overlapLines(detail, plan), ...recorded.map((warning) => line(warning, plan))];
  if (lines.length === 0) return html`<p class="quiet">Nothing.</p>`;
  return html`<ul>${lines.map((words) => html`<li>${words}</li>`)}</ul>`;
}

/** What a revision makes weaker, by its record; nothing where nothing is. */
export function weakeningsPart(detail: JsonObject | undefined, plan: Plan): Html {
  const recorded = detail?.weakenings;
  if (!Array.isArray(recorded) || recorded.length === 0) return html``;
  const lines = recorded.flatMap((weakening) =>
    inWords([weakening], () => [weakeningWords(weakening as unknown as Weakening, plan.proposal, BARE)]),
  );
  return html`<h4>What becomes weaker</h4><ul>${lines.map((words) => html`<li><strong>${words}</strong></li>`)}</ul>`;
}

/** Published checks that the revision turns, by both policies of its record; nothing where it turns none. */
export function posturePart(detail: JsonObject | undefined): Html {
  const { before, after } = detail ?? {};
  if (before === undefined || after === undefined || !isJsonObject(before) || !isJsonObject(after))
    return html``;
  const words = postureWords(postureFlips(before, after));
  return words === undefined ? html`` : html`<p>${words}</p>`;
}

/** Settings that were changed again since what the plan takes back. */
function overlapLines(detail: JsonObject | undefined, plan: Plan): readonly string[] {
  if (!Array.isArray(detail?.overlaps)) return [];
  const { overlaps: _, ...rest } = plan.proposal;
  const overlaps = detail.overlaps as unknown as NonNullable<Plan["proposal"]["overlaps"]>;
  return inWords(detail.overlaps, () => overlapWords({ ...plan, proposal: { ...rest, overlaps } }, BARE));
}

function line(warning: Json, plan: Plan): string {
  const [words = ""] = inWords([warning], () => [
    warningWords(warning as unknown as PlanWarning, plan.proposal, BARE),
  ]);
  return words;
}

/** A record holds what we wrote; an edited one may hold anything, and is shown as it lies there. */
function inWords(json: readonly Json[], words: () => readonly string[]): readonly string[] {
  try {
    if (json.every(isJsonObject)) return words();
  } catch {
    // Edited since: the seal at the top of the page says so.
  }
  return json.map((each) => JSON.stringify(each));
}
