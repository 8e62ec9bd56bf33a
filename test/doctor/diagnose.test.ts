import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import type { Finding } from "../../src/core/check/finding.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { report } from "../../src/doctor/report.js";
import { goOutBy, outbound } from "../../src/outbound/outbound.js";
import { also, backupIn } from "./breaking.js";
import { BROKEN_SIGN_INS } from "./broken-sign-ins.js";
import { BROKEN_SURROUNDINGS } from "./broken-surroundings.js";
import { type CheckedWorld, checkedWorld } from "./checked-world.js";

let world: CheckedWorld;
beforeEach(async () => {
  world = await checkedWorld();
});
afterEach(async () => {
  goOutBy(outbound(undefined));
  await world.close();
  for (const one of also.splice(0)) await one.close();
});

async function look(): Promise<readonly Finding[]> {
  const config = readConfig(world.env);
  if (config.mode !== "bot") throw new Error("expected the configuration of a real bot");
  return diagnose(config, { as: world.as, now: () => world.now() });
}

const idsIn = (findings: readonly Finding[], ...states: readonly Finding["state"][]) =>
  findings.filter(({ state }) => states.includes(state)).map(({ id }) => id);

describe("the check of an installation", () => {
  it("finds nothing wrong where everything is set up, and says what each person may do", async () => {
    const findings = await look();
    expect(idsIn(findings, "missing", "attention")).toEqual([]);
    expect(idsIn(findings, "not-checked")).toEqual(["registration", "backup"]);
    expect(findings.find(({ id }) => id === "asker")?.found).toMatch(/Grace Hopper.* and may approve/);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    expect(report(findings)).toMatch(/\n\nIt works\.\n$/);
  });

  it("says by which way passkeys are found without a licence, and blames nothing for it", async () => {
    world.tenant.premium = false;
    const findings = await look();
    expect(idsIn(findings, "missing", "attention")).toEqual([]);
    expect(findings.find(({ id }) => id === "licence")?.found).toMatch(/asking about every account/);
  });

  it("says how old the newest backup is, where it is said where they are", async () => {
    await backupIn(world, 1);
    const findings = await look();
    expect(findings.find(({ id }) => id === "backup")).toMatchObject({
      state: "works",
      found: expect.stringMatching(/1 day ago \(.*old\.backup\.gz\)/),
    });
  });

  it("writes nothing: not to Graph, and not where the store will be", async () => {
    await look();
    expect(world.graph.patches()).toEqual([]);
    const { existsSync } = await import("node:fs");
    expect(existsSync(world.env.DATA_DIR ?? "")).toBe(false);
  });

  it.each([...BROKEN_SIGN_INS, ...BROKEN_SURROUNDINGS])(
    "names it, and nothing else, when $broken",
    async ({ breakIt, blamed, ...row }) => {
      await breakIt(world);
      const findings = await look();
      expect(idsIn(findings, "missing", "attention")).toEqual(row.as === "not-needed" ? [] : [blamed]);
      const finding = findings.find(({ id }) => id === blamed);
      expect(finding?.state).toBe(row.as ?? "missing");
      expect(finding?.found).toMatch(row.found);
      expect(finding?.mend).toMatch(row.mend);
      const said = report(findings);
      expect(said).not.toMatch(/\n\s+at .*:\d+:\d+\)?$/m);
      for (const secret of [...world.entra.issued, "p4ssw0rd", "wrong@", "not-the-secret"])
        expect(said.includes(secret)).toBe(false);
    },
  );
});
