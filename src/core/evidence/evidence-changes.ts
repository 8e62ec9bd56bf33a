import { Fault } from "../errors.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { PolicyChange } from "../policy/change.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { BARE } from "../words/medium.js";
import { policyChangeWords, type Sides } from "../words/policy-change-words.js";
import { type Html, type HtmlPart, html } from "./evidence-html.js";
import { type Names, named } from "./evidence-names.js";

/**
 * The diff of a revision, as it is in its record: each change in the words the approver read, and below them every
 * entry with its id. What is in no form we know is shown as it lies there.
 * @param detail of the record that proposed or revised the plan
 */
export function changesTable(detail: JsonObject | undefined, names: Names): Html {
  const changes = detail?.changes;
  if (detail === undefined || !Array.isArray(changes) || changes.length === 0)
    return html`<p class="quiet">Nothing changes.</p>`;
  const sides = sidesOf(detail, names);
  return html`<table class="diff">
<thead><tr><th>Setting</th><th>Before</th><th>After</th></tr></thead>
<tbody>${changes.map((change) => (isJsonObject(change) ? row(change, sides, names) : html``))}</tbody>
</table>`;
}

/** What the changes lie between; undefined where the record holds no policies that can be read. */
function sidesOf({ before, after, groups }: JsonObject, names: Names): Sides | undefined {
  if (!isJsonObject(before) || !isJsonObject(after)) return undefined;
  try {
    const groupNames = Object.fromEntries(names);
    const groupFacts = isJsonObject(groups) ? (groups as Sides["groupFacts"]) : undefined;
    return {
      groupNames,
      ...(groupFacts === undefined ? {} : { groupFacts }),
      before: parsePolicy(before),
      after: parsePolicy(after),
    };
  } catch (error) {
    if (error instanceof Fault && error.code === "policy-unreadable") return undefined;
    throw error;
  }
}

/** By construction a record holds changes of the types; an edited one may hold anything. */
const SETTINGS = [
  "state",
  "self-service",
  "include",
  "exclude",
  "attestation",
  "types",
  "restriction",
  "profile-added",
  "profile-removed",
  "profile-name",
] as const satisfies readonly Exclude<PolicyChange["setting"], "other">[];

function row(change: JsonObject, sides: Sides | undefined, names: Names): Html {
  const { before, after, added, removed } = change;
  const words = wordsOf(change, sides);
  if (words === undefined) {
    const label = change.setting === "other" ? change.path : change.setting;
    return html`<tr><th scope="row">${text(label)}</th><td>${exact(before)}</td><td>${exact(after)}</td></tr>
`;
  }
  return html`<tr><th scope="row">${words.setting}</th>
<td>${words.now}${entries(before, names)}</td>
<td>${words.after}${entries(after, names)}${listed("Added", "plus", added, names)}${listed("Removed", "minus", removed, names)}</td></tr>
`;
}

/** The approver's words; of a property this version knows by no name, and of anything odd, there are none. */
function wordsOf(change: JsonObject, sides: Sides | undefined) {
  if (sides === undefined || !SETTINGS.some((setting) => setting === change.setting)) return undefined;
  try {
    return policyChangeWords(change as unknown as PolicyChange, sides, BARE);
  } catch {
    return undefined; // Edited since: the seal at the top of the page says so.
  }
}

/** Groups by name and id, however many: the words name the first few. */
function entries(json: Json | undefined, names: Names): HtmlPart {
  if (!Array.isArray(json) || json.length === 0) return "";
  return json.every((entry) => typeof entry === "string" && !isId(entry, names)) ? "" : list(json, names);
}

function listed(title: string, kind: "plus" | "minus", json: Json | undefined, names: Names): HtmlPart {
  if (!Array.isArray(json) || json.length === 0) return "";
  return html`<div class="${kind}"><small>${title}</small>${list(json, names)}</div>`;
}

function list(json: readonly Json[], names: Names): Html {
  return html`<ul>${json.map((entry) => html`<li>${one(entry, names)}</li>`)}</ul>`;
}

function one(entry: Json, names: Names): HtmlPart {
  if (typeof entry === "string") return isId(entry, names) ? named(entry, names) : entry;
  if (isJsonObject(entry) && typeof entry.id === "string") {
    const profiles = Array.isArray(entry.profiles) ? entry.profiles : [];
    const of =
      profiles.length === 0 ? "" : html`<br><small>profiles ${profiles.map(String).join(", ")}</small>`;
    return html`${named(entry.id, names)}${of}`;
  }
  return exact(entry);
}

const isId = (entry: string, names: Names): boolean => names.has(entry) || /^[0-9a-f-]{36}$/.test(entry);

const exact = (json: Json | undefined): HtmlPart =>
  json === undefined || json === null ? "nothing" : html`<code>${JSON.stringify(json)}</code>`;

const text = (json: Json | undefined): string =>
  typeof json === "string" ? json : (JSON.stringify(json) ?? "");
