import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { textHash, verifyChain } from "../../src/core/audit/chain.js";
import type { AuditRecord } from "../../src/core/audit/record.js";
import { OTHER_TENANT, TENANT } from "../contracts/stored-things.js";
import { AuditProgram, RecordedLife } from "./audit-program.js";

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

async function exported(...given: readonly string[]): Promise<readonly AuditRecord[]> {
  const ran = await program.run(life.dataDir, "export", ...given);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  return ran.stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe("an export", () => {
  it("is every record as one line of JSON, in order, and nothing else", async () => {
    const records = await exported();
    expect(records).toEqual(await life.store.audit.read(TENANT));
    expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: 7 } });
  });

  it("can be checked with a tool that knows nothing of Latchkey: the line without its hash is what was hashed", async () => {
    const { stdout } = await program.run(life.dataDir, "export");
    for (const line of stdout.trim().split("\n")) {
      const [member, hash = ""] = /"hash":"([0-9a-f]{64})",/.exec(line) ?? [];
      expect(textHash(line.replace(member ?? "", ""))).toBe(hash);
    }
  });

  it("begins where the last one ended", async () => {
    expect((await exported("--from", "6")).map(({ sequence }) => sequence)).toEqual([6, 7]);
    expect(await exported("--from", "8")).toEqual([]);
  });

  it("is of one plan, when that is asked", async () => {
    expect((await exported("--plan", "#2")).map(({ event }) => event)).toEqual([
      "plan-proposed",
      "plan-cancelled",
    ]);
  });

  it("is of every tenant, or of one", async () => {
    await life.addTenant();
    expect(await exported()).toHaveLength(8);
    expect((await exported("--tenant", OTHER_TENANT)).map(({ tenantId }) => tenantId)).toEqual([
      OTHER_TENANT,
    ]);
  });

  it("leaves out what is no record any more, and says so elsewhere", async () => {
    life.meddle("update audit set body = 'gone' where sequence = 3");
    const ran = await program.run(life.dataDir, "export");
    expect(ran.stdout.trim().split("\n")).toHaveLength(6);
    expect(ran.stderr).toContain("Record 3");
    expect(ran.code).toBe(1);
  });

  it("ends quietly when nobody reads on", async () => {
    for (let count = 0; count < 300; count++) await life.propose();
    const ran = await program.runUntilFirstOutput(life.dataDir, "export");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
  });
});
