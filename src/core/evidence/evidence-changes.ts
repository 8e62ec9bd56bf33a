import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { type Html, type HtmlPart, html } from "./evidence-html.js";
import { type Names, named } from "./evidence-names.js";

const SETTINGS: Readonly<Record<string, string>> = {
  state: "Passkeys (FIDO2)",
  "self-service": "People may register passkeys themselves",
  include: "For",
  exclude: "Not for",
  attestation: "Attestation enforced",
  types: "Kinds of passkeys",
  restriction: "Authenticators",
  "profile-added": "Profile added",
  "profile-removed": "Profile removed",
};

/** The diff of a revision, as it is in the record. What is in no form we know is shown as it lies there. */
export function changesTable(changes: Json | undefined, names: Names): Html {
  if (!Array.isArray(changes) || changes.length === 0) return html`<p class="quiet">Nothing changes.</p>`;
  return html`<table class="diff">
<thead><tr><th>Setting</th><th>Before</th><th>After</th></tr></thead>
<tbody>${changes.map((change) => (isJsonObject(change) ? row(change, names) : html``))}</tbody>
</table>`;
}

function row(change: JsonObject, names: Names): Html {
  const { setting, before, after, added, removed, path, profile } = change;
  const label = setting === "other" ? text(path) : (SETTINGS[text(setting)] ?? text(setting));
  const about = isJsonObject(profile) ? html`<br><small>profile ${text(profile.name)}</small>` : "";
  const isProfile = setting === "profile-added" || setting === "profile-removed";
  return html`<tr><th scope="row">${label}${about}</th>
<td>${isProfile ? (setting === "profile-added" ? "not there" : "there") : value(before, names)}</td>
<td>${isProfile ? (setting === "profile-added" ? "there" : "not there") : value(after, names)}${listed("Added", "plus", added, names)}${listed("Removed", "minus", removed, names)}</td></tr>
`;
}

function listed(title: string, kind: "plus" | "minus", entries: Json | undefined, names: Names): HtmlPart {
  if (!Array.isArray(entries) || entries.length === 0) return "";
  return html`<div class="${kind}"><small>${title}</small>${list(entries, names)}</div>`;
}

function value(json: Json | undefined, names: Names): HtmlPart {
  if (json === undefined || json === null) return "nothing";
  if (typeof json === "boolean") return json ? "yes" : "no";
  if (Array.isArray(json)) return json.length === 0 ? "nobody" : list(json, names);
  if (!isJsonObject(json)) return one(json, names);
  const count = Array.isArray(json.aaguids) ? json.aaguids.length : 0;
  if (json.mode === "any") return "any";
  if (json.mode === "allow") return `only those on the list (${count})`;
  if (json.mode === "block") return `any but those on the list (${count})`;
  return html`<code>${JSON.stringify(json)}</code>`;
}

function list(entries: readonly Json[], names: Names): Html {
  return html`<ul>${entries.map((entry) => html`<li>${one(entry, names)}</li>`)}</ul>`;
}

function one(entry: Json, names: Names): HtmlPart {
  if (typeof entry === "string")
    return entry === "enabled" ? "on" : entry === "disabled" ? "off" : identified(entry, names);
  if (isJsonObject(entry) && typeof entry.id === "string") {
    const profiles = Array.isArray(entry.profiles) ? entry.profiles : [];
    const of =
      profiles.length === 0 ? "" : html`<br><small>profiles ${profiles.map(String).join(", ")}</small>`;
    return html`${named(entry.id, names)}${of}`;
  }
  return html`<code>${JSON.stringify(entry)}</code>`;
}

function identified(entry: string, names: Names): HtmlPart {
  return names.has(entry) || /^[0-9a-f-]{36}$/.test(entry) ? named(entry, names) : entry;
}

const text = (json: Json | undefined): string =>
  typeof json === "string" ? json : (JSON.stringify(json) ?? "");
