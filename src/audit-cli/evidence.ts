import { CHAIN_START, type ChainHead, hashedText, textHash } from "../core/audit/chain.js";
import type { AuditRecord } from "../core/audit/record.js";
import { fromExactText } from "../core/evidence/evidence-html.js";
import { evidencePage } from "../core/evidence/evidence-page.js";
import { isJsonObject, type Json } from "../core/json.js";
import type { TenantId } from "../core/person.js";
import type { AuditReader } from "../storage/audit/audit-reader.js";
import { bodyOf } from "./export.js";
import type { Output } from "./output.js";
import { WrongUsage, whichTenant } from "./which-tenant.js";

/**
 * Writes the evidence for a plan as a page.
 * @param complain told of a record that is no JSON any more; it is not on the page
 * @returns whether every record is
 */
export async function writeEvidence(
  reader: AuditReader,
  output: Output,
  complain: (sentence: string) => void,
  asked: { readonly planNumber: number; readonly tenant?: TenantId; readonly now: Date },
): Promise<boolean> {
  const tenant = await whichTenant(reader, asked.tenant);
  const plan = await reader.plan(tenant, asked.planNumber);
  if (plan === undefined) throw new WrongUsage(`There is no plan #${asked.planNumber} here.`);
  let complete = true;
  let head: ChainHead = CHAIN_START;
  const records: AuditRecord[] = [];
  for await (const record of reader.records(tenant)) {
    head = { sequence: record.sequence, hash: record.hash };
    const body = bodyOf(record);
    if (body === undefined) {
      complain(`Record ${record.sequence} is damaged, so it is left out: say verify.`);
      complete = false;
    } else if (body.planNumber === plan.number) {
      records.push({ ...body, hash: record.hash } as unknown as AuditRecord);
    }
  }
  await output.write(evidencePage({ plan, records, head, at: asked.now.toISOString() }));
  return complete;
}

/** Checks a file of evidence by itself. @returns whether each record in it is as it was sealed */
export async function verifyEvidence(page: string, output: Output): Promise<boolean> {
  const block = /<pre id="records">([\s\S]*?)<\/pre>/.exec(page)?.[1];
  const lines = block === undefined ? [] : fromExactText(block).split("\n").filter(Boolean);
  if (lines.length === 0) throw new WrongUsage("This is no file of evidence: there are no records in it.");
  const records = lines.map(parse);
  const plans = plansOf(page);
  const wrong = records.flatMap((record, at) => problemsOf(record, records[at - 1], at + 1, plans));
  if (wrong.length > 0) {
    await output.write(`Not intact:\n${wrong.map((sentence) => `  ${sentence}\n`).join("")}`);
    return false;
  }
  const numbers = records.map((record) => record?.sequence).join(", ");
  const exported =
    plans === undefined ? `export --plan ${records[0]?.planNumber} lists them` : "verify checks all of it";
  await output.write(
    `Intact: ${records.length === 1 ? "record" : "records"} ${numbers}, each with the hash it was sealed with.\nWhether these are the records of the chain shows where the store is: npm run --silent audit -- ${exported}.\n`,
  );
  return true;
}

/** The plans that a file over several says it is about. */
function plansOf(page: string): ReadonlySet<number> | undefined {
  const said = /<meta name="latchkey-plans" content="([\d ]+)">/.exec(page)?.[1];
  return said === undefined ? undefined : new Set(said.split(" ").map(Number));
}

function parse(line: string): AuditRecord | undefined {
  try {
    const value: Json = JSON.parse(line);
    return isJsonObject(value) && typeof value.sequence === "number"
      ? (value as unknown as AuditRecord)
      : undefined;
  } catch {
    return undefined; // Said by the caller, with the number of the line.
  }
}

function problemsOf(
  record: AuditRecord | undefined,
  before: AuditRecord | undefined,
  line: number,
  plans: ReadonlySet<number> | undefined,
): readonly string[] {
  if (record === undefined) return [`Line ${line} of the records is no record any more.`];
  const { sequence } = record;
  if (textHash(hashedText(record)) !== record.hash) return [`Record ${sequence} was edited.`];
  const isOfAnother = plans !== undefined && !plans.has(record.planNumber ?? 0);
  if (isOfAnother) return [`Record ${sequence} is of another plan.`];
  if (before === undefined) return [];
  if (sequence <= before.sequence || record.tenantId !== before.tenantId)
    return [`Record ${sequence} was moved.`];
  if (sequence === before.sequence + 1 && record.previousHash !== before.hash) {
    return [`Record ${sequence} does not follow from record ${before.sequence}.`];
  }
  return plans !== undefined || record.planNumber === before.planNumber
    ? []
    : [`Record ${sequence} is of another plan.`];
}
