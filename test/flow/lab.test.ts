import { join } from "node:path";
import { expect, it } from "vitest";
import { LabProcesses } from "../lab/lab-process.js";
import { buildFolder } from "./built-bot.js";

it("the lab as it is shipped signs in, asks and puts the policy back", async () => {
  const built = { file: join(buildFolder(), "lab.mjs"), remove: () => {} };
  const lab = await LabProcesses.begin({}, { missingODataType: "accepted" }, built);
  try {
    const before = lab.policy;
    const { code, stdout, stderr } = await lab.run("--yes", "--audit-wait", "0");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("omittedProfile: deleted");
    expect(lab.policy).toEqual(before);
  } finally {
    await lab.end();
  }
});
