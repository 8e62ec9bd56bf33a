import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OTHER_TENANT, TENANT } from "../contracts/stored-things.js";
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

describe("what cannot be done", () => {
  it.each<[string, readonly string[], string]>([
    ["an unknown command", ["veryfy"], "there is no command"],
    ["an unknown option", ["verify", "--heads"], "heads"],
    ["an option of another command", ["verify", "--from", "3"], "verify takes no --from"],
    ["a head that is none", ["verify", "--head", "7"], "--head takes <sequence>:<hash>"],
    ["evidence without a number", ["evidence"], "evidence takes the number of a plan"],
    ["a tenant that is not here", ["verify", "--tenant", OTHER_TENANT], "nothing of tenant"],
    ["a plan that is not here", ["evidence", "77"], "no plan #77"],
  ])("is said with exit code 2 and nothing on standard output: %s", async (_, given, words) => {
    const ran = await program.run(life.dataDir, ...given);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toContain("store failed");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });

  it("is to compare one head with two tenants", async () => {
    await life.addTenant();
    const ran = await verify("--head", await headOf());
    expect(ran.stderr).toContain("say which with --tenant");
    expect(ran.code).toBe(2);
    expect(await verify("--head", await headOf(), "--tenant", TENANT)).toMatchObject({ code: 0 });
  });

  it("is to read a store that is not there, which is not made", async () => {
    const nowhere = join(life.folder, "nowhere");
    mkdirSync(nowhere);
    const ran = await program.run(nowhere, "verify");
    expect(ran.stderr).toContain("DATA_DIR");
    expect(ran.code).toBe(2);
    expect(readdirSync(nowhere)).toEqual([]);
  });

  it.each([
    ["a column", "alter table plans drop column summary", "no such column: summary"],
    ["a table", "drop table audit", "no such table: audit"],
  ])("is to read a store of another version, which lacks %s", async (_, sql, lacking) => {
    life.meddle(sql);
    const ran = await verify();
    expect(ran.stderr).toContain("does not have the tables of this version of Latchkey");
    expect(ran.stderr).toContain(lacking);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });

  it("is to read a file that is no database", async () => {
    const broken = join(life.folder, "broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "latchkey.db"), "no database at all ".repeat(100));
    expect(await program.run(broken, "verify")).toMatchObject({ code: 2 });
  });

  it("nothing asked is answered with help", async () => {
    for (const given of [[], ["help"], ["--help"]]) {
      const ran = await program.run(life.dataDir, ...given);
      expect(ran.stdout).toContain("Exit codes: 0");
      expect(ran.code).toBe(0);
    }
  });
});
