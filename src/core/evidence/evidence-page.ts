import { isSealed } from "../audit/chain.js";
import type { AuditRecord } from "../audit/record.js";
import type { Plan } from "../plan/plan.js";
import type { OtherWriter } from "../policy/other-writer.js";
import { outcomeWords } from "../words/outcome/outcome-words.js";
import { readWrites } from "../words/unread-writes.js";
import type { Evidence } from "./evidence.js";
import { besidePart } from "./evidence-beside.js";
import { changesTable } from "./evidence-changes.js";
import { exactText, type Html, html } from "./evidence-html.js";
import { impactPart } from "./evidence-impact.js";
import { instant, type Names, named, namesIn } from "./evidence-names.js";
import { profilesPart } from "./evidence-profiles.js";
import { chainTable, decisions, exactRecords, pretty, timeline, writes } from "./evidence-records.js";
import { EVIDENCE_STYLE } from "./evidence-style.js";
import { recordedCommand, recordedTitle } from "./evidence-title.js";
import { posturePart, warningsPart, weakeningsPart } from "./evidence-warnings.js";

/** The name under which the file is saved. */
export function evidenceFileName({ plan }: Pick<Evidence, "plan">): string {
  return `latchkey-plan-${plan.number}-evidence.html`;
}

/**
 * One self-contained page for a human auditor: it runs nothing and loads nothing. What counts are the records; the
 * plan only lends names to ids. At its end are the records as they are, for a program to check.
 */
export function evidencePage(evidence: Evidence): string {
  const { plan, records } = evidence;
  return html`<!doctype html>
<html lang="en">
<head>
${headOf(`Evidence for plan #${plan.number}`)}
</head>
<body>
${planHeader(evidence)}
<main>
${planSections(evidence)}
<section><h2>The records</h2>
<p>Exactly as they are in the store, one a line: this is what counts, and the pages above are drawn from it. <code>npm run audit -- verify --evidence &lt;this file&gt;</code> checks them. By hand: a line without its member <code>hash</code> is the text whose SHA-256 is that hash. That the hashes are those of the chain shows <code>npm run audit -- verify</code> where the store is, and <code>export --plan ${plan.number}</code> there lists the same lines.</p>
${exactRecords(records)}</section>
</main>
</body>
</html>
`.markup;
}

/** What every page of evidence begins with: it runs nothing and loads nothing. */
export function headOf(title: string): Html {
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${EVIDENCE_STYLE}</style>`;
}

/** Which plan it is, what was asked, and whether its records are intact. */
export function planHeader(evidence: Evidence): Html {
  const { plan, records } = evidence;
  const last = revisionsIn(records).at(-1);
  return html`<header>
<p class="kind">Latchkey · Evidence</p>
<h1>Plan #${plan.number} <span class="state">${outcomeWords(plan)}</span></h1>
<p class="title">${recordedTitle(last, plan)}</p>
<p class="command">Asked: <q>${recordedCommand(records, plan)}</q></p>
${seal(evidence)}
</header>`;
}

/** Everything about one plan but the records as they are. */
export function planSections(evidence: Evidence): Html {
  const { plan, records } = evidence;
  const names = namesIn(evidence);
  const revisions = revisionsIn(records);
  const last = revisions.at(-1);
  return html`<section><h2>In short</h2>${inShort(evidence, names)}</section>
<section><h2>What changes</h2>${changesTable(last?.detail, names)}${profilesPart(last?.detail, plan)}</section>
<section><h2>What the approver was warned of</h2>${weakeningsPart(last?.detail, plan)}${warningsPart(last?.detail, plan)}${posturePart(last?.detail)}</section>
<section><h2>Whom it concerns</h2>${impactPart(last?.detail.impact, plan, names)}</section>
${besidePart(records, plan, names)}
<section><h2>Decisions</h2>${decisions(records)}</section>
<section><h2>Writes to Microsoft Graph</h2>${writes(records, names)}</section>
<section><h2>Everything that happened</h2>${timeline(records, names)}</section>
${revisions.map((record, at) => revision(record, at === revisions.length - 1, plan, names))}
<section><h2>Place in the chain</h2>
<p>Each record holds the hash of the one before, so that none can be changed or taken out without changing all that follow. When this file was made, the chain ended with record ${evidence.head.sequence}, whose hash was:</p>
<p><code class="head">${evidence.head.sequence}:${evidence.head.hash}</code></p>
${chainTable(records)}</section>`;
}

function revisionsIn(records: Evidence["records"]): readonly AuditRecord[] {
  return records.filter(({ event }) => event === "plan-proposed" || event === "plan-revised");
}

function seal({ plan, records, at, givenTo }: Evidence): Html {
  const edited = records.filter((record) => !isSealed(record)).map(({ sequence }) => sequence);
  const numbers = records.map(({ sequence }) => sequence);
  const made = html`<span class="made">Made ${instant(at)}${
    givenTo === undefined ? " on the machine itself" : html` for ${givenTo.name} <code>${givenTo.id}</code>`
  }, in tenant <code>${plan.tenantId}</code>.</span>`;
  if (records.length === 0) return html`<p class="seal bad">✗ There is no record of this plan. ${made}</p>`;
  return edited.length === 0
    ? html`<p class="seal good">✓ ${records.length === 1 ? "1 record" : `${records.length} records`}, number ${numbers.join(", ")} of the chain, each with the hash it was sealed with.<br>${made}</p>`
    : html`<p class="seal bad">✗ Not intact: edited since it was sealed: record ${edited.join(", ")}.<br>${made}</p>`;
}

function inShort({ plan, records }: Evidence, names: Names): Html {
  const { state } = plan;
  const asked = records.find(({ event }) => event === "plan-proposed");
  const approvals = plan.approvals.filter(({ revision }) => revision === plan.revision);
  return html`<dl class="facts">
<dt>Asked for by</dt><dd>${named(plan.requester.id, names)}</dd>
<dt>When</dt><dd>${instant(asked?.at ?? plan.createdAt)}</dd>
<dt>Where</dt><dd><code>${plan.conversation}</code></dd>
<dt>Revision</dt><dd>${plan.revision}</dd>
<dt>Approvals</dt><dd>${approvals.length} of ${plan.approvalsRequired} needed${approvals.map(({ by, at }) => html`<div>${named(by.id, names)}, ${instant(at)}</div>`)}</dd>
<dt>Outcome</dt><dd><strong>${outcomeWords(plan)}</strong>${wroteNothing(plan) ? html`, nothing written` : ""}${"at" in state ? html`, ${instant(state.at)}` : ""}${
    "by" in state && state.by !== undefined ? html`<div>${named(state.by.id, names)}</div>` : ""
  }</dd>
${state.kind === "applied" && state.otherWriters.length > 0 ? otherWriters(state.otherWriters) : ""}
</dl>`;
}

function otherWriters(writers: readonly OtherWriter[]): Html {
  const { named, unread = "" } = readWrites(writers);
  const others = named.map(({ name, at }) => html`<div>${name}, ${instant(at)}</div>`);
  return html`<dt>Others who changed the policy meanwhile</dt><dd>${others}${unread}</dd>`;
}

/** A revision in full: both policies, and for an earlier one what differed, what was warned of, and whom it concerned. */
function revision(record: AuditRecord, isLast: boolean, plan: Plan, names: Names): Html {
  const { before, after, impact } = record.detail;
  const number = record.event === "plan-proposed" ? 1 : Number(record.detail.revision ?? record.revision);
  return html`<section><h2>Revision ${number}</h2>
<p class="quiet">Made ${instant(record.at)}, record ${record.sequence}.${isLast ? " The last one: what changes, what was warned of and whom it concerns is above." : ""}</p>
${isLast ? "" : html`<p><strong>${recordedTitle(record, plan)}</strong></p>${changesTable(record.detail, names)}${profilesPart(record.detail, plan)}<h4>What the approver was warned of</h4>${weakeningsPart(record.detail, plan)}${warningsPart(record.detail, plan)}${posturePart(record.detail)}${impactPart(impact, plan, names)}`}
<div class="both"><div><h4>The policy before</h4><pre>${exactText(pretty(before))}</pre></div><div><h4>The policy after</h4><pre>${exactText(pretty(after))}</pre></div></div></section>
`;
}

/** Whether the plan ended and nothing of it was written. */
function wroteNothing({ state }: Plan): boolean {
  if (state.kind === "superseded")
    return state.why !== "outcome-never-known" && state.why !== "store-restored";
  return ["refused", "rejected", "cancelled", "expired"].includes(state.kind);
}
