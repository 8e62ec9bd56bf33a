import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { applyFirstPlan } from "./shipped-story.js";
import { openStage, type Stage } from "./stage.js";

/** The oldest and the newest that are supported, and what is between. */
const SUPPORTED = ["node20", "node22", "node24"];
const named = process.env.LATCHKEY_TEST_NODES?.split(":").filter((each) => each !== "");
const versionOf = (program: string) => spawnSync(program, ["--version"], { encoding: "utf8" });

/** Programs that are there, each version once, without the one that runs the tests. */
function otherNodes(): readonly (readonly [version: string, program: string])[] {
  const found = new Map<string, string>();
  for (const program of named ?? SUPPORTED) {
    const { error, stdout } = versionOf(program);
    if (error === undefined) found.set(stdout.trim(), program);
    // Of those that were asked for by name a missing one is a mistake, not a Node less.
    else if (named !== undefined) throw new Error(`LATCHKEY_TEST_NODES: ${program}: ${error.message}`);
  }
  found.delete(process.version);
  return [...found];
}

/** CI runs every test on one Node; the program that is shipped has to run on each, so it is tried on those there are. */
describe("the bot on another Node", () => {
  const others = otherNodes();
  let stage: Stage | undefined;
  afterEach(async () => {
    delete process.env.LATCHKEY_TEST_NODE;
    await stage?.close();
  });

  it.each(others)("%s makes, applies and verifies a plan, and ends when asked", async (_, program) => {
    process.env.LATCHKEY_TEST_NODE = program;
    stage = await openStage();
    await applyFirstPlan(stage);
    expect(await stage.bot.stop()).toBe(0);
    // Also what Node itself has to say is a line of the log.
    const lines = stage.bot.output.trim().split("\n");
    expect(lines.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
  });

  it.skipIf(others.length > 0)("is tried where there is one", (context) => {
    context.skip("no other Node: name some in LATCHKEY_TEST_NODES=/path/to/node20:/path/to/node24");
  });
});
