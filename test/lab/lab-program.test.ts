import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { LabProcesses } from "./lab-process.js";

const QUICK = ["--yes", "--audit-wait", "0"];
let lab: LabProcesses;
beforeAll(async () => {
  // So that no write is without effect, which would be waited for.
  lab = await LabProcesses.begin({}, { missingODataType: "accepted" });
});
afterAll(() => lab.end());
beforeEach(() => {
  lab.tenant.policy = samplePolicy("profiles");
  lab.onRequest = () => {};
});

const journal = () => join(lab.folder, "journal.json");
const files = () => readdirSync(lab.folder).sort();

describe("npm run lab", () => {
  it("signs in by device code, asks, puts the policy back and leaves a report that names no person", async () => {
    const before = lab.policy;
    const seen: { mode?: number; policy?: unknown } = {};
    lab.onRequest = (request) => {
      if (!request.startsWith("PATCH") || seen.mode !== undefined) return;
      seen.mode = statSync(journal()).mode & 0o777;
      seen.policy = JSON.parse(readFileSync(journal(), "utf8")).policy.passkeyProfiles.length;
    };
    const { code, stdout, stderr } = await lab.run(...QUICK);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("microsoft.com/devicelogin");
    expect(seen).toEqual({ mode: 0o600, policy: 2 });
    expect(lab.policy).toEqual(before);
    const [json = "", markdown = ""] = files().map((name) => readFileSync(join(lab.folder, name), "utf8"));
    expect(files().map((name) => name.replace(/\d[\d-]+T\d+Z/, "*"))).toEqual([
      "report-*.json",
      "report-*.md",
    ]);
    expect(JSON.parse(json)).toMatchObject({ end: "complete", policy: { kind: "back" }, people: "up to 50" });
    expect(markdown).toContain("as it was found");
    const people = [...lab.tenant.users.values()].flatMap((each) => [
      each.id,
      each.displayName,
      each.userPrincipalName,
    ]);
    const other = [lab.tenant.tenantId, lab.tenant.displayName, ...lab.tenant.groups.keys()];
    for (const text of [json, markdown])
      expect([...people, ...other].filter((each) => text.includes(each))).toEqual([]);
    expect(people.filter((each) => stdout.includes(each))).toEqual([]);
    expect(json + markdown).not.toMatch(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|eyJ|@kestrel/i,
    );
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "puts the policy back when %s stops it",
    async (signal) => {
      const before = lab.policy;
      const running = lab.start(...QUICK);
      let patches = 0;
      lab.onRequest = (request) => {
        patches += request.startsWith("PATCH") ? 1 : 0;
        if (patches === 3) running.child.kill(signal);
      };
      const { code, stdout, stderr } = await running.ended;
      expect(code).toBe(1);
      expect(stderr).toContain("Stopping");
      expect(stdout).toContain("The policy is as it was.");
      expect(lab.policy).toEqual(before);
      expect(files()).not.toContain("journal.json");
    },
  );

  it("writes nothing without --yes where there is no terminal, nor on a dry run", async () => {
    const patches = lab.graph.patches().length;
    const unasked = await lab.run();
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      "There is no terminal to ask in. Add --yes to go on without being asked.\nNothing was written.\n",
    ]);
    const dry = await lab.run("--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain("omittedProfile: PATCH of the policy");
    expect(lab.graph.patches()).toHaveLength(patches);
  });

  it("says why it is not signed in", async () => {
    const { onCode } = lab;
    lab.onCode = (code) => lab.entra.deviceCodes.decline(code);
    const { code, stderr } = await lab.run(...QUICK);
    lab.onCode = onCode;
    expect([code, stderr]).toEqual([2, expect.stringContaining("the sign-in was declined")]);
  });

  it("says what is wrong with how it was called", async () => {
    const { code, stderr } = await lab.run("--audit-wait", "soon");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--audit-wait takes minutes")]);
  });

  it("finds nothing to restore after a run that ended", async () => {
    const { code, stdout } = await lab.run("restore", "--yes");
    expect([code, stdout]).toEqual([0, "There is no journal: every run put back what it wrote.\n"]);
  });
});
