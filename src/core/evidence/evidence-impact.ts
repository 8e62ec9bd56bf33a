import type { AffectedPerson } from "../impact/impact.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Plan } from "../plan/plan.js";
import { leftOutSentence } from "../words/left-out-words.js";
import { type Html, html } from "./evidence-html.js";
import { instant, type Names, named } from "./evidence-names.js";

/** Whom a revision concerns, by its record; names and models come from the plan, which keeps them. */
export function impactPart(impact: Json | undefined, plan: Plan, names: Names): Html {
  if (!isJsonObject(impact))
    return html`<p class="quiet">The record of this revision says nothing of it.</p>`;
  const losing = ids(impact.losing);
  const keeping = ids(impact.keepingAnother);
  const known = new Map(
    [...plan.proposal.impact.losing, ...plan.proposal.impact.keepingAnother].map((person) => [
      person.id as string,
      person,
    ]),
  );
  return html`<p>${
    losing.length === 0
      ? "Nobody loses passkey sign-in."
      : html`<strong>${counted(losing.length)} passkey sign-in.</strong>`
  } ${
    impact.narrows === true
      ? "The change narrows who may sign in, so it needed a complete and fresh scan."
      : "The change takes nothing from anybody, whoever they are."
  }</p>
${peopleTable("Lose passkey sign-in", losing, known, names)}${peopleTable("Lose a passkey and keep another that works", keeping, known, names)}${modelsTable(impact.modelsCutOff, names)}${scanLine(impact.scan)}`;
}

function peopleTable(
  title: string,
  people: readonly string[],
  known: ReadonlyMap<string, AffectedPerson>,
  names: Names,
): Html {
  if (people.length === 0) return html``;
  return html`<h4>${title} (${people.length})</h4>
<table><thead><tr><th>Person</th><th>Object id</th><th>Models that stop working</th></tr></thead>
<tbody>${people.map((id) => {
    const person = known.get(id);
    return html`<tr><td>${person?.name ?? "name not kept"}${person?.isAdmin ? html` <small>administrator</small>` : ""}${person?.emergency ? html` <small>emergency account</small>` : ""}</td><td><code>${id}</code></td><td>${(person?.models ?? []).map((aaguid) => html`<div>${named(aaguid, names)}</div>`)}</td></tr>
`;
  })}</tbody></table>
`;
}

function modelsTable(models: Json | undefined, names: Names): Html {
  if (!Array.isArray(models) || models.length === 0) return html``;
  return html`<h4>Models that stop working for somebody</h4>
<table><thead><tr><th>Model</th><th class="number">People</th></tr></thead>
<tbody>${models.filter(isJsonObject).map(
    (
      model,
    ) => html`<tr><td>${named(String(model.aaguid), names)}</td><td class="number">${String(model.people)}</td></tr>
`,
  )}</tbody></table>
`;
}

function scanLine(scan: Json | undefined): Html {
  if (!isJsonObject(scan)) return html``;
  const count = (name: string): string => String((scan as JsonObject)[name] ?? 0);
  return html`<p class="quiet">By the scan <code>${String(scan.id)}</code>, begun ${instant(String(scan.from))}: ${
    scan.complete === true ? "complete" : "not complete"
  }; ${count("asked")} people asked, ${count("carried")} taken over, ${count("gone")} gone, ${count("unread")} not read; ${count("keyholders")} have passkeys.${accountsWords(scan)}</p>`;
}

/** What the report leaves out, as far as the record says. */
function accountsWords({ accounts, reportRows, path }: JsonObject): string {
  if (!isJsonObject(accounts)) return "";
  const { enabled, disabled } = accounts;
  const counts = ` The tenant had ${String(enabled)} enabled and ${String(disabled)} disabled accounts.`;
  if (path !== "report" || typeof reportRows !== "number" || typeof enabled !== "number") return counts;
  const missing = enabled - reportRows;
  return missing > 0 ? `${counts} ${leftOutSentence({ rows: reportRows, enabled, missing })}` : counts;
}

const ids = (json: Json | undefined): readonly string[] =>
  Array.isArray(json) ? json.filter((id) => typeof id === "string") : [];

const counted = (people: number): string => (people === 1 ? "1 person loses" : `${people} people lose`);
