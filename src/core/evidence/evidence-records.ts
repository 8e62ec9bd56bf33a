import { isSealed } from "../audit/chain.js";
import type { AuditRecord } from "../audit/record.js";
import { asJson, canonicalJson, isJsonObject, type Json } from "../json.js";
import { EVENT_FACTS } from "./event-facts.js";
import { exactText, type Html, html } from "./evidence-html.js";
import { instant, type Names, named } from "./evidence-names.js";

/** Large parts of a record, which have sections of their own; and what stands in another column. */
const ELSEWHERE: readonly string[] = [
  ...["before", "after", "changes", "impact", "body", "command", "revision", "clientRequestId", "requestId"],
  ...["found", "otherWriters", "warnings", "overlaps", "effect"],
];

const DETAILS: Readonly<Record<string, string>> = {
  reason: "Reason",
  why: "Why",
  fault: "What failed",
  seen: "Seen when reading back",
  status: "Graph's status",
  code: "Graph's code",
  message: "Graph's message",
  problem: "Sign-in",
  entraCode: "Entra's code",
  fingerprint: "Fingerprint of the policy before",
  validUntil: "Link valid until",
  expiresAt: "Approvable until",
  approvalsRequired: "Approvals needed",
  refusal: "Reason",
  until: "Put off until",
};

/** Everything that happened, in order. */
export function timeline(records: readonly AuditRecord[], names: Names): Html {
  return html`<table>
<thead><tr><th>When</th><th>What</th><th>Who</th><th class="number">Revision</th><th>Details</th></tr></thead>
<tbody>${records.map(
    (
      record,
    ) => html`<tr><td class="when">${instant(record.at)}</td><td>${words(record)}</td><td class="who">${who(record, names)}</td><td class="number">${record.revision ?? ""}</td><td>${details(record)}</td></tr>
`,
  )}</tbody></table>`;
}

/** Approvals and rejections, each with the person's object id. */
export function decisions(records: readonly AuditRecord[]): Html {
  const decided = records.filter(({ event }) => event === "plan-approved" || event === "plan-rejected");
  if (decided.length === 0) return html`<p class="quiet">Nobody has decided on it.</p>`;
  return html`<table>
<thead><tr><th>Decision</th><th>Person</th><th>Object id</th><th class="number">Revision</th><th>When</th><th>Conversation</th><th>Sign-in</th></tr></thead>
<tbody>${decided.map(
    (
      record,
    ) => html`<tr><td class="short"><strong>${words(record)}</strong></td><td>${record.by?.name ?? ""}</td><td><code>${record.by?.id ?? ""}</code></td><td class="number">${record.revision ?? ""}</td><td class="when">${instant(record.at)}</td><td><code>${record.conversation ?? ""}</code></td><td>${signInWords(record.detail.signIn)}</td></tr>
`,
  )}</tbody></table>`;
}

/** What the approver's sign-in carried, by Entra: how it was made, and which authentication contexts it satisfied. */
function signInWords(signIn: Json | undefined): string {
  if (!isJsonObject(signIn)) return "";
  const texts = (value: Json | undefined) =>
    Array.isArray(value) && value.length > 0 ? value.map(String).join(", ") : "none said";
  const at = typeof signIn.at === "string" ? `, ${signIn.at}` : "";
  return `in a browser: methods ${texts(signIn.amr)}; contexts ${texts(signIn.acrs)}${at}`;
}

/** Each write that was intended: with whose rights, what was sent, and what became of it. */
export function writes(records: readonly AuditRecord[], names: Names): Html {
  const intended = records.filter(({ event }) => event === "write-intended");
  if (intended.length === 0) return html`<p class="quiet">Nothing was sent to Microsoft Graph.</p>`;
  return html`${intended.map((record, at) => oneWrite(record, between(records, record, intended[at + 1]), names))}`;
}

/** Records that belong to a write: up to the next one. */
function between(
  records: readonly AuditRecord[],
  from: AuditRecord,
  to: AuditRecord | undefined,
): readonly AuditRecord[] {
  return records.filter(
    ({ sequence, event }) =>
      sequence > from.sequence &&
      (to === undefined || sequence < to.sequence) &&
      (event.startsWith("write-") || event === "attempt-failed" || event === "plan-revised"),
  );
}

function oneWrite(record: AuditRecord, outcomes: readonly AuditRecord[], names: Names): Html {
  const { clientRequestId, body } = record.detail;
  const requestIds = outcomes.flatMap(({ detail }) =>
    typeof detail.requestId === "string" ? [detail.requestId] : [],
  );
  return html`<dl class="facts">
<dt>With the rights of</dt><dd>${who(record, names)}</dd>
<dt>Intent recorded</dt><dd>${instant(record.at)}</dd>
<dt>Our id of the request (client-request-id)</dt><dd><code>${text(clientRequestId)}</code></dd>
<dt>Graph's id of the request (request-id)</dt><dd>${
    requestIds.length === 0
      ? "not known: no answer with one came"
      : [...new Set(requestIds)].map((id) => html`<code>${id}</code> `)
  }</dd>
<dt>What became of it</dt><dd>${
    outcomes.length === 0
      ? "not known yet"
      : outcomes.map((outcome) => html`<div>${instant(outcome.at)}: ${words(outcome)}</div>`)
  }</dd>
</dl>
<h4>What the request holds</h4>
<pre>${exactText(pretty(body))}</pre>`;
}

/** Where each record stands in the tenant's chain, and whether it is as it was sealed. */
export function chainTable(records: readonly AuditRecord[]): Html {
  return html`<table class="chain">
<thead><tr><th class="number">Record</th><th>Event</th><th>Hash of the record before, and its own</th><th>Sealed</th></tr></thead>
<tbody>${records.map(
    (
      record,
    ) => html`<tr><td class="number">${record.sequence}</td><td>${record.event}</td><td><code>${record.previousHash}</code><br><code>${record.hash}</code></td><td>${
      isSealed(record) ? html`<span class="good">✓ intact</span>` : html`<span class="bad">✗ edited</span>`
    }</td></tr>
`,
  )}</tbody></table>`;
}

/** The records as they are, one a line: what a program checks. */
export function exactRecords(records: readonly AuditRecord[]): Html {
  const lines = records.map((record) => canonicalJson(asJson(record)));
  return html`<pre id="records">${exactText(lines.join("\n"))}</pre>`;
}

/** JSON as a person reads it. */
export function pretty(json: Json | undefined): string {
  return JSON.stringify(json ?? null, null, 2);
}

function words({ event }: AuditRecord): string {
  return Object.hasOwn(EVENT_FACTS, event) ? EVENT_FACTS[event].words : event;
}

function who({ by }: AuditRecord, names: Names): Html {
  return by === undefined ? html`<span class="quiet">nobody: by itself</span>` : named(by.id, names);
}

function details({ detail, conversation }: AuditRecord): Html {
  const ids = (["clientRequestId", "requestId"] as const).filter((name) => typeof detail[name] === "string");
  const plain = Object.entries(detail).filter(
    ([name, value]) => !ELSEWHERE.includes(name) && !isLarge(value),
  );
  return html`${plain.map(([name, value]) => html`<div><small>${DETAILS[name] ?? name}</small> ${/^[0-9a-f]{64}$/.test(text(value)) ? html`<code>${text(value)}</code>` : text(value)}</div>`)}${ids.map(
    (name) =>
      html`<div><small>${name === "requestId" ? "request-id" : "client-request-id"}</small> <code>${text(detail[name])}</code></div>`,
  )}${conversation === undefined ? "" : html`<div><small>Conversation</small> <code>${conversation}</code></div>`}`;
}

const isLarge = (value: Json): boolean => isJsonObject(value) || Array.isArray(value);

const text = (json: Json | undefined): string =>
  typeof json === "string" ? json : json === undefined || json === null ? "" : JSON.stringify(json);
