import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buildFolder, nodeProgram } from "./built-bot.js";
import type { Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const run = promisify(execFile);
const { ada, grace } = SAMPLE_PEOPLE;

/** A plan is made, approved and applied, and the record of it is verified by the program beside the bot. */
export async function applyFirstPlan({ teams, graph, bot }: Stage): Promise<void> {
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
  await teams.press(grace, shown, "Approve");
  await eventually(
    () => wholeText(teams.current(shown)).includes("Applied and verified") || undefined,
    () => `the card to say applied; it says ${wholeText(teams.current(shown))}`,
  );
  expect(graph.patches()).toHaveLength(1);
  const env = { PATH: process.env.PATH, DATA_DIR: bot.dataDir };
  const audit = join(buildFolder(), "audit.mjs");
  const { stdout } = await run(nodeProgram(), [audit, "verify"], { env, cwd: tmpdir() });
  expect(stdout).toContain(": intact");
}
