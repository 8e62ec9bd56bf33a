import type { AuditRecord } from "../audit/record.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { LosingBeside, Plan } from "../plan/plan.js";
import { BARE } from "../words/medium.js";
import { losingBesideWords } from "../words/outcome/beside-words.js";
import { changesTable } from "./evidence-changes.js";
import { type Html, html } from "./evidence-html.js";
import { instant, type Names, named } from "./evidence-names.js";

/** What was read back where that was not as planned, by the records: what differed, and who loses by it. */
export function besidePart(records: readonly AuditRecord[], { proposal }: Plan, names: Names): Html {
  const found = records.flatMap(({ at, detail }) =>
    isJsonObject(detail.found) ? [{ at, found: detail.found }] : [],
  );
  if (found.length === 0) return html``;
  return html`<section><h2>What was read back beside the plan</h2>${found.map(
    ({ at, found }) =>
      html`<p class="quiet">Read ${instant(at)}, compared with what was planned.</p>
${changesTable({ changes: found.besideWanted ?? [], before: proposal.after, after: found.policy ?? null }, names)}${losingPart(found, names)}`,
  )}</section>`;
}

function losingPart({ losing }: JsonObject, names: Names): Html {
  if (!isJsonObject(losing)) return html``;
  const ids = idsIn(losing.losing);
  return html`<p><strong>${wordsOf(losing, ids)}</strong></p>
<ul>${ids.map((id) => html`<li>${named(id, names)}</li>`)}</ul>`;
}

/** By construction a record holds what is counted here; an edited one may hold anything. */
function wordsOf({ kind, keepingAnother, complete, scanFrom }: JsonObject, ids: readonly string[]): string {
  const losing: LosingBeside =
    kind === "by-scan"
      ? {
          kind,
          scanFrom: String(scanFrom),
          complete: complete === true,
          losing: ids.map((id) => ({ id, name: id, isAdmin: false, models: [] }) as never),
          keepingAnother: Number(keepingAnother),
        }
      : { kind: "not-known" };
  return losingBesideWords(losing, BARE) ?? "";
}

const idsIn = (json: Json | undefined): readonly string[] =>
  Array.isArray(json) ? json.filter((id) => typeof id === "string") : [];
