import { describe, expect, it } from "vitest";
import { CHAIN_START, seal, verifyChain } from "../../../src/core/audit/chain.js";
import type { AuditEntry, AuditEvent, AuditRecord } from "../../../src/core/audit/record.js";
import type { JsonObject } from "../../../src/core/json.js";
import { conversationId, personId, tenantId } from "../../../src/core/person.js";
import { fc } from "../../setup/drawn.js";

const TENANT = tenantId("bbbbbbbb-0000-4000-8000-000000000002");
const ENTRY: AuditEntry = {
  tenantId: TENANT,
  at: "2026-11-22T10:42:00.000Z",
  event: "plan-proposed",
  by: { id: personId("cccccccc-0000-4000-8000-000000000003"), name: "Ada" },
  planNumber: 1,
  detail: { command: "enable passkeys" },
};

const json = fc
  .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const entries: fc.Arbitrary<AuditEntry> = fc.record(
  {
    tenantId: fc.constant(TENANT),
    at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    event: fc.constantFrom<AuditEvent>("plan-proposed", "write-intended", "write-verified"),
    by: fc.record({ id: fc.uuid().map(personId), name: fc.string() }),
    conversation: fc.string().map(conversationId),
    planNumber: fc.nat(),
    revision: fc.nat(),
    detail: json,
  },
  { requiredKeys: ["tenantId", "at", "event", "detail"] },
);
const chains = fc.array(entries, { minLength: 1, maxLength: 8 }).map(sealAll);

function sealAll(list: readonly AuditEntry[]): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const entry of list) records.push(seal(entry, records.at(-1)));
  return records;
}

describe("seal", () => {
  it("numbers from 1 and starts from sixty-four zeros", () => {
    const record = seal(ENTRY, undefined);
    const { hash, ...sealed } = record;
    expect(sealed).toEqual({ ...ENTRY, sequence: 1, previousHash: "0".repeat(64) });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives the same record the same hash for ever", () => {
    // Changing this value makes every chain that was ever written look broken.
    expect(seal(ENTRY, undefined).hash).toBe(
      "a8bf26876927970255955b37e948438dd9300ba38e73854f4a3c73b6cfed0d50",
    );
  });

  it("continues from the record before", () => {
    const first = seal(ENTRY, undefined);
    const { hash, ...sealed } = seal(ENTRY, first);
    expect(sealed).toEqual({ ...ENTRY, sequence: 2, previousHash: first.hash });
    expect(hash).not.toBe(first.hash);
  });

  it("does not depend on the order in which an entry was written down", () => {
    const reversed = Object.fromEntries(Object.entries(ENTRY).reverse()) as unknown as AuditEntry;
    expect(seal(reversed, undefined).hash).toBe(seal(ENTRY, undefined).hash);
  });

  it("seals what can be stored: a record read back from JSON still matches its hash", () => {
    fc.assert(
      fc.property(chains, (records) => {
        const readBack: AuditRecord[] = JSON.parse(JSON.stringify(records));
        expect(readBack).toEqual(records);
        expect(verifyChain(readBack).kind).toBe("intact");
      }),
    );
  });
});

describe("verifyChain", () => {
  it("finds an untouched chain intact and names its head", () => {
    fc.assert(
      fc.property(chains, (records) => {
        const last = records.at(-1);
        expect(verifyChain(records)).toEqual({
          kind: "intact",
          head: { sequence: records.length, hash: last?.hash },
        });
      }),
    );
    expect(verifyChain([])).toEqual({ kind: "intact", head: CHAIN_START });
  });

  it("checks a chain page by page as it checks it whole", () => {
    fc.assert(
      fc.property(chains, fc.nat(8), (records, cut) => {
        const page = verifyChain(records.slice(0, cut));
        expect(page.kind === "intact" && verifyChain(records.slice(cut), page.head)).toEqual(
          verifyChain(records),
        );
      }),
    );
  });

  it("notices an edit of any member of any record", () => {
    const edits = fc.constantFrom<Partial<AuditRecord>>(
      { at: "1999-01-01T00:00:00.000Z" },
      { event: "plan-rejected" },
      { by: { id: personId("someone-else"), name: "Eve" } },
      { conversation: conversationId("elsewhere") },
      { planNumber: -1 },
      { revision: -1 },
      { detail: { edited: true, "not there before": 1 } },
      { sequence: -1 },
      { previousHash: "f".repeat(64) },
      { hash: "f".repeat(64) },
      { tenantId: tenantId("another") },
    );
    fc.assert(
      fc.property(chains, fc.nat(), edits, (records, pick, edit) => {
        const at = pick % records.length;
        const edited = records.map((record, index) => (index === at ? { ...record, ...edit } : record));
        expect(verifyChain(edited)).toMatchObject({ kind: "broken", sequence: at + 1 });
      }),
    );
  });

  it("notices an edit whose own hash was made to fit, at the record after it", () => {
    fc.assert(
      fc.property(
        chains.filter((records) => records.length > 1),
        fc.nat(),
        (records, pick) => {
          const at = pick % (records.length - 1);
          const { sequence: _s, previousHash: _p, hash: _h, ...entry } = records[at] as AuditRecord;
          const forged = seal({ ...entry, detail: { forged: true, detail: entry.detail } }, records[at - 1]);
          const edited = records.map((record, index) => (index === at ? forged : record));
          expect(verifyChain(edited)).toEqual({ kind: "broken", sequence: at + 2, why: "unlinked" });
        },
      ),
    );
  });

  it("notices a removed record; a removed end changes the head", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (records, pick) => {
        const at = pick % records.length;
        const check = verifyChain(records.filter((_, index) => index !== at));
        if (at < records.length - 1)
          expect(check).toEqual({ kind: "broken", sequence: at + 1, why: "missing" });
        else expect(check).not.toEqual(verifyChain(records));
      }),
    );
  });

  it("notices a changed order and a repeated record", () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.nat(), (records, a, b) => {
        const [from, to] = [a % records.length, b % records.length];
        const swapped = [...records];
        [swapped[from], swapped[to]] = [records[to] as AuditRecord, records[from] as AuditRecord];
        expect(verifyChain(swapped).kind).toBe(from === to ? "intact" : "broken");
        const repeated = records.toSpliced(from, 0, records[from] as AuditRecord);
        expect(verifyChain(repeated)).toEqual({ kind: "broken", sequence: from + 2, why: "missing" });
      }),
    );
  });

  it("notices a record of another tenant that was sealed onto the chain", () => {
    const first = seal(ENTRY, undefined);
    const foreign = seal({ ...ENTRY, tenantId: tenantId("another") }, first);
    expect(verifyChain([first, foreign])).toEqual({ kind: "broken", sequence: 2, why: "other-tenant" });
  });
});
