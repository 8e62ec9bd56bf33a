import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seal } from "../../src/core/audit/chain.js";
import { canonicalJson, type JsonObject } from "../../src/core/json.js";
import { BOB, OTHER_TENANT, TENANT } from "../contracts/stored-things.js";
import { AuditProgram, type Ran, RecordedLife } from "./audit-program.js";

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

const verify = (...given: readonly string[]): Promise<Ran> => program.run(life.dataDir, "verify", ...given);
const headOf = async (): Promise<string> => {
  const { sequence, hash } = await life.store.audit.head(TENANT);
  return `${sequence}:${hash}`;
};

describe("an untouched record", () => {
  it("is intact, while the bot runs, and the head is what the store says", async () => {
    const ran = await verify();
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Tenant ${TENANT}: intact`);
    expect(ran.stdout).toContain("7 records, 3 plans");
    expect(ran.stdout).toContain(`Head: ${await headOf()}`);
  });

  it("is intact at each moment in which the bot writes to it", async () => {
    let writing = true;
    const writes = (async () => {
      while (writing) {
        await life.propose();
        // SQLite answers at once, so that nothing else would ever have its turn.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const rounds = [await verify(), await verify(), await verify()];
    writing = false;
    await writes;
    expect(rounds.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it("does not keep the bot from writing, and nothing is written to it", async () => {
    const before = await life.store.audit.read(TENANT);
    await verify();
    await life.propose();
    expect(await life.store.audit.read(TENANT, { limit: 7 })).toEqual(before);
    expect(await life.store.audit.read(TENANT)).toHaveLength(8);
  });

  it("is found again by heads that were noted earlier", async () => {
    const earlier = await headOf();
    await life.propose();
    const ran = await verify("--head", earlier, "--head", await headOf());
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain("2 noted heads found");
  });

  it("is intact as a backup that was made while the bot runs", async () => {
    const backup = join(life.folder, "a backup #1 of it");
    mkdirSync(backup);
    life.meddle(`vacuum into '${join(backup, "latchkey.db")}'`);
    expect(await program.run(backup, "verify")).toMatchObject({ code: 0, stderr: "" });
  });

  it("is intact as a copy of the folder", async () => {
    await life.store.close();
    const copy = join(life.folder, "copy");
    cpSync(life.dataDir, copy, { recursive: true });
    expect(await program.run(copy, "verify")).toMatchObject({ code: 0, stderr: "" });
  });

  it("is told for each tenant, or for one", async () => {
    await life.addTenant();
    const all = await verify();
    expect(all.stdout).toMatch(new RegExp(`${TENANT}: intact[^]*${OTHER_TENANT}: intact`));
    const one = await verify("--tenant", OTHER_TENANT);
    expect(one.stdout).not.toContain(TENANT);
    expect(one.code).toBe(0);
  });

  it("of a tenant without records is one, too", async () => {
    life.meddle("delete from audit; delete from plans; delete from tenants");
    expect(await verify()).toMatchObject({ code: 0, stdout: "There is no record yet.\n" });
  });
});

describe("what was done behind the bot's back", () => {
  it.each<[string, string, string]>([
    [
      "an edited record",
      "update audit set body = replace(body, 'plan-cancelled', 'plan-rejected') where sequence = 6",
      "Record 6 was edited",
    ],
    [
      "a record that is no JSON any more",
      "update audit set body = 'gone' where sequence = 2",
      "Record 2 was edited",
    ],
    ["an edited hash", "update audit set hash = 'f' where sequence = 2", "Record 2 was edited"],
    ["a removed record", "delete from audit where sequence = 3", "Record 3 is missing"],
    ["several removed records", "delete from audit where sequence in (3, 4)", "Records 3 to 4 are missing"],
    ["a removed beginning", "delete from audit where sequence < 3", "Records 1 to 2 are missing"],
    [
      "records in another order",
      "update audit set sequence = -1 where sequence = 2; update audit set sequence = 2 where sequence = 3; update audit set sequence = 3 where sequence = -1",
      "Record 2 was moved",
    ],
    [
      "a record of another tenant",
      `update audit set tenant_id = '${OTHER_TENANT}' where sequence = 7`,
      "Record 7 was moved",
    ],
    ["a removed end", "delete from audit where sequence = 7", "The end is missing: 7 records were written"],
    ["a removed record of everything", "delete from audit", "The end is missing: 7 records were written"],
    ["a counter that was set back", "update tenants set last_audit = 5", "The counter was changed"],
    ["removed counters", "delete from tenants", "The counter was changed"],
    [
      "a plan whose state was edited",
      "update plans set state = 'applied' where number = 2",
      "Plan #2 was edited",
    ],
    [
      "a plan whose content was edited",
      "update plans set body = replace(body, 'Bob', 'Eve') where number = 1",
      "Plan #1 was edited: it is not as it was stored with its last record, 4",
    ],
    [
      "what history would show of a plan",
      "update plans set summary = replace(summary, 'Bob', 'Eve') where number = 1",
      "Plan #1 was edited",
    ],
    [
      "a plan that is kept from expiring",
      "update plans set expires_at = '2999-01-01T00:00:00.000Z' where number = 3",
      "Plan #3 was edited",
    ],
    [
      "a record that is hidden from the evidence of its plan",
      "update audit set plan_number = 2 where sequence = 4",
      "Record 4 is filed under plan #2, and is about plan #1",
    ],
    [
      "a record that is filed under no plan any more",
      "update audit set plan_number = null where sequence = 4",
      "Record 4 is filed under no plan, and is about plan #1",
    ],
    ["a removed plan", "delete from plans where number = 2", "Plan #2 is missing"],
    [
      "a counter of plans that was set far ahead",
      "update tenants set last_plan = 2147483647",
      "Plans #4 to #2147483647 are missing",
    ],
    ["a removed last plan", "delete from plans where number = 3", "Plan #3 is missing"],
    [
      "a plan that nobody proposed",
      "insert into plans select tenant_id, 4, version, state, replace(body, '\"number\":3', '\"number\":4') as body, expires_at, replace(summary, '\"number\":3', '\"number\":4') from plans where number = 3",
      "Plan #4 has no record",
    ],
  ])("is seen: %s", async (_, sql, words) => {
    life.meddle(sql);
    const ran = await verify();
    expect(ran.stdout).toContain(words);
    expect(ran.stdout).toContain("NOT INTACT");
    expect(ran.stdout).toContain("do not repair it");
    expect(ran.code).toBe(1);
  });

  it("is seen at the record after one that was sealed anew", async () => {
    const records = await life.store.audit.read(TENANT);
    const { sequence: _s, previousHash: _p, hash: _h, ...fourth } = records[3] ?? fail();
    const forged = seal({ ...fourth, by: { ...BOB, name: "Eve" } }, records[2]);
    const { hash, ...body } = forged;
    const text = canonicalJson(body as unknown as JsonObject).replaceAll("'", "''");
    life.meddle(`update audit set hash = '${hash}', body = '${text}' where sequence = 4`);
    const ran = await verify();
    expect(ran.stdout).toContain("Record 5 does not follow from record 4");
    expect(ran.code).toBe(1);
  });

  it("is seen only by a noted head, when the end was removed and the counters with it", async () => {
    const noted = await headOf();
    life.meddle(
      "delete from audit where sequence = 7; delete from plans where number = 3; update tenants set last_audit = 6, last_plan = 2",
    );
    expect(await verify()).toMatchObject({ code: 0 });
    const ran = await verify("--head", noted);
    expect(ran.stdout).toContain("record 7 was there when its head was noted, and the last one here is 6");
    expect(ran.code).toBe(1);
  });

  it("is seen by a noted head, when everything was written anew", async () => {
    const ran = await verify("--head", `4:${"a".repeat(64)}`);
    expect(ran.stdout).toContain("Record 4 was replaced");
    expect(ran.code).toBe(1);
  });

  it("is seen by a noted head, when nothing is left at all", async () => {
    const noted = await headOf();
    life.meddle("delete from audit; delete from plans; delete from tenants");
    expect(await verify("--head", noted)).toMatchObject({ code: 1 });
  });

  it("in one tenant does not hide that the other is intact", async () => {
    await life.addTenant();
    life.meddle(`delete from audit where tenant_id = '${TENANT}' and sequence = 2`);
    const ran = await verify();
    expect(ran.stdout).toContain(`Tenant ${TENANT}: NOT INTACT`);
    expect(ran.stdout).toContain(`Tenant ${OTHER_TENANT}: intact`);
    expect(ran.code).toBe(1);
  });

  it("is told in no more lines than somebody reads", async () => {
    for (let count = 0; count < 40; count++) await life.propose();
    life.meddle("update audit set hash = '0' || hash");
    const ran = await verify();
    expect(ran.stdout.split("\n").length).toBeLessThan(40);
    expect(ran.stdout).toContain("And 27 more.");
  });
});

describe("a record that tells of a change of a plan and not how the plan was stored with it", () => {
  /** Seals everything anew, without the hashes of the plans: whoever can write to the store can. */
  async function forgetPlanHashes(events: (event: string) => boolean): Promise<void> {
    const records = await life.store.audit.read(TENANT);
    life.meddle("delete from audit; update tenants set last_audit = 0");
    await life.startAnew();
    for (const { planHash, sequence: _s, previousHash: _p, hash: _h, ...entry } of records) {
      const kept = planHash === undefined || events(entry.event) ? {} : { planHash };
      await life.store.audit.append({ ...entry, ...kept });
    }
  }

  it("is damaged, whatever the plan says", async () => {
    await forgetPlanHashes((event) => event === "plan-cancelled");
    const ran = await verify();
    expect(ran.stdout).toContain(
      "Record 6 is damaged: it tells of a change of plan #2 and does not say how the plan was stored with it.",
    );
    expect(ran.code).toBe(1);
  });

  it("is damaged also when no record says so any more", async () => {
    await forgetPlanHashes(() => true);
    const ran = await verify();
    expect(ran.stdout.match(/is damaged/g)).toHaveLength(7);
    expect(ran.code).toBe(1);
  });
});

describe("a sign-in that failed while somebody else's approval was written", () => {
  it("leaves the plan as the record before left it, and is no damage", async () => {
    const [applied] = await life.store.audit.read(TENANT, { planNumber: 1 });
    const { sequence: _s, previousHash: _p, hash: _h, planHash: _, ...about } = applied ?? fail();
    const detail = { problem: "consent-missing" };
    await life.store.audit.append({ ...about, event: "attempt-failed", detail });
    expect(await verify()).toMatchObject({ code: 0 });
  });
});

function fail(): never {
  throw new Error("not there");
}
