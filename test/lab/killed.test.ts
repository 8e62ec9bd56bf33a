import { existsSync } from "node:fs";
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

/** As many requests as a run makes, and which of them write. */
async function stepsOfARun(): Promise<readonly string[]> {
  const requests: string[] = [];
  lab.onRequest = (request) => void requests.push(request);
  expect((await lab.run(...QUICK)).code).toBe(0);
  lab.onRequest = () => {};
  return requests;
}

/** Killed while the request of this number is under way, which is dealt with nevertheless. */
async function runKilledAt(step: number): Promise<void> {
  let asked = 0;
  const running = lab.start(...QUICK);
  lab.onRequest = () => {
    asked += 1;
    if (asked === step) running.child.kill("SIGKILL");
  };
  expect((await running.ended).signal).toBe("SIGKILL");
  lab.onRequest = () => {};
}

/** Four moments; with `LATCHKEY_TEST_MUTATIONS=all` every write. */
function momentsOf(writes: readonly number[]): readonly number[] {
  const [first = 0] = writes;
  const [middle = 0, last = 0] = [writes[Math.floor(writes.length / 2)], writes.at(-1)];
  const all = process.env.LATCHKEY_TEST_MUTATIONS === "all";
  // The first write, and the read of what came of the last, are among them.
  return all ? [first - 1, ...writes, first + 1, last + 1] : [first, middle, last, last + 1];
}

const stands = () => existsSync(join(lab.folder, "journal.json"));

describe("a lab that is killed", () => {
  it("before its journal is written leaves nothing behind", async () => {
    await runKilledAt(1);
    expect(stands()).toBe(false);
    expect((await lab.run("restore", "--yes")).code).toBe(0);
  });

  it("at any of its writes leaves a journal by which restore puts all back", async () => {
    const before = lab.policy;
    const steps = await stepsOfARun();
    const writes = steps.flatMap((request, index) => (request.startsWith("PATCH") ? [index + 1] : []));
    expect(writes.length).toBeGreaterThan(12);
    for (const step of momentsOf(writes)) {
      lab.tenant.policy = samplePolicy("profiles");
      await runKilledAt(step);
      expect(stands(), `step ${step}`).toBe(true);
      const restored = await lab.run("restore", "--yes");
      expect([restored.code, restored.stderr], `step ${step}`).toEqual([0, ""]);
      expect(lab.policy, `step ${step}`).toEqual(before);
      expect(stands(), `step ${step}`).toBe(false);
    }
  });

  it("lets no other run begin before that, which says what to do", async () => {
    await runKilledAt((await stepsOfARun()).findIndex((request) => request.startsWith("PATCH")) + 1);
    const patches = lab.graph.patches().length;
    const again = await lab.run(...QUICK);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining("npm run lab -- restore")]);
    expect(lab.graph.patches()).toHaveLength(patches);
    const unasked = await lab.run("restore");
    expect([unasked.code, stands()]).toEqual([3, true]);
    expect((await lab.run("restore", "--yes")).code).toBe(0);
  });
});
