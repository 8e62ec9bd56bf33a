import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "../../src/config/secret.js";
import { seal, textHash } from "../../src/core/audit/chain.js";
import type { AuditRecord } from "../../src/core/audit/record.js";
import { RecordKeys } from "../../src/core/audit/record-keys.js";
import { canonicalJson, type JsonObject } from "../../src/core/json.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { openStore } from "../../src/storage/open-store.js";
import { toRow } from "../../src/storage/plans/plan-row.js";
import { cancelled, entryOf, TENANT } from "../contracts/stored-things.js";
import { AuditProgram, RecordedLife } from "./audit-program.js";

const [FIRST, SECOND] = ["a1".repeat(32), "b2".repeat(32)] as const;
const keys = (...given: readonly (readonly [number, string])[]) =>
  new RecordKeys(given.map(([from, key]) => ({ from, key: new Secret(key) })));

let program: AuditProgram;
let life: RecordedLife;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program.remove());
beforeEach(async () => {
  life = await RecordedLife.begin();
});
afterEach(() => life.end());

const verify = (RECORD_KEY?: string) =>
  program.runOn({ DATA_DIR: life.dataDir, ...(RECORD_KEY === undefined ? {} : { RECORD_KEY }) }, "verify");
/** The bot is started anew. */
async function startedWith(given: RecordKeys): Promise<void> {
  await life.store.close();
  life.store = await openStore({ dataDir: life.dataDir }, given);
}
const planned = async (): Promise<Plan> => (await life.store.plans.find(TENANT, 3)) as Plan;

/** Writes a plan and the whole chain anew, as who can write to the store but has no key: every hash is right. */
async function forgeEverything(
  change: (plan: Plan) => Plan,
  proofs: (record: AuditRecord) => object,
): Promise<void> {
  const plan = change(await planned());
  const row = toRow(plan);
  const records = await life.store.audit.read(TENANT);
  let before: AuditRecord | undefined;
  for (const { hash: _h, previousHash: _p, proof, sequence, ...entry } of records) {
    const planHash = entry.planNumber === 3 ? { planHash: textHash(row.body) } : {};
    const sealed = seal({ ...entry, ...planHash }, before);
    const { hash: _, ...unsigned } = { ...sealed, ...proofs({ ...sealed, ...(proof ? { proof } : {}) }) };
    const body = canonicalJson(unsigned as unknown as JsonObject);
    before = { ...unsigned, hash: textHash(body) };
    life.meddle(
      `update audit set body = '${body.replaceAll("'", "''")}', hash = '${before.hash}' where sequence = ${sequence}`,
    );
  }
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  life.meddle(`update plans set body = ${text(row.body)}, summary = ${text(row.summary)} where number = 3`);
}
const forged = (plan: Plan): Plan => ({ ...plan, command: "forged" });

describe("a record with a key", () => {
  it("proves itself from the key's number on; what came before is checked by its hashes", async () => {
    await startedWith(keys([8, FIRST]));
    await life.propose();
    await life.propose();
    const ran = await verify(`8:${FIRST}`);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("2 records proven by RECORD_KEY");
    const without = await verify();
    expect(without.code).toBe(0);
    expect(without.stdout).toContain("2 records made with a RECORD_KEY that is not set here");
    expect(await verify(`8:${SECOND}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Record 8 was forged"),
    });
    expect(await verify(`7:${FIRST}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Record 7 has no proof by RECORD_KEY"),
    });
  });

  it("is gone on with by the next key, from its number on", async () => {
    await startedWith(keys([8, FIRST]));
    await life.propose();
    await startedWith(keys([8, FIRST], [9, SECOND]));
    await life.propose();
    expect(await verify(`8:${FIRST},9:${SECOND}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("2 records proven"),
    });
  });

  it.each<[string, RecordKeys, string]>([
    ["no key", keys(), "was made with a RECORD_KEY that is not set here"],
    ["another key", keys([8, SECOND]), "was not made with the RECORD_KEY of its number"],
    ["a key from a later number on", keys([100, FIRST]), "was made with a RECORD_KEY that is not set here"],
  ])("is not gone on with by %s", async (_, given, words) => {
    await startedWith(keys([8, FIRST]));
    await life.propose();
    await startedWith(given);
    await expect(life.store.checkRecord(TENANT)).rejects.toThrow(words);
    await expect(life.propose()).rejects.toMatchObject({ code: "store-altered" });
  });

  it("is not begun by a key whose number is past", async () => {
    await startedWith(keys([3, FIRST]));
    await expect(life.store.checkRecord(TENANT)).rejects.toThrow("has no proof by RECORD_KEY");
  });
});

describe("who writes the plan and the whole record anew, every hash right,", () => {
  const change = async () => {
    const plan = await planned();
    return life.store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
  };

  it("is seen by a noted head only, where there is no key", async () => {
    const { sequence, hash } = await life.store.audit.head(TENANT);
    await forgeEverything(forged, () => ({}));
    expect(await verify()).toMatchObject({ code: 0 });
    expect(await program.run(life.dataDir, "verify", "--head", `${sequence}:${hash}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Record 7 was replaced"),
    });
  });

  it.each<[string, (record: AuditRecord) => object]>([
    ["leaves the proofs out", () => ({})],
    ["leaves the proofs as they were", ({ proof }) => (proof === undefined ? {} : { proof })],
    ["makes proofs of their own", (record) => ({ proof: keys([1, SECOND]).proofOf(record) })],
  ])("is found by the key, and the bot does nothing on it: %s", async (_, proofs) => {
    await life.end();
    life = new RecordedLife();
    life.store = await openStore({ dataDir: life.dataDir }, keys([1, FIRST]));
    for (let count = 0; count < 3; count++) await life.propose();
    await forgeEverything(forged, proofs);
    expect(await verify(FIRST)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/Record \d was forged|has no proof/),
    });
    // A process that saw the record as it was needs no key to tell.
    await startedWith(keys([1, FIRST]));
    expect(await change()).toEqual({ kind: "altered", why: "record" });
    await expect(life.store.checkRecord(TENANT)).rejects.toMatchObject({ code: "store-altered" });
    await expect(life.propose()).rejects.toMatchObject({ code: "store-altered" });
    expect(await verify(FIRST)).toMatchObject({ code: 1 });
  });
});
