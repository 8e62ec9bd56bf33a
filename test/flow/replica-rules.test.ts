import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { BotProcess } from "./bot-process.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

/** Resolves when the process is ready and says these words on /readyz. */
async function saysToSeeTo(bot: BotProcess, words: string): Promise<void> {
  let said = "";
  const isSaid = async () => {
    const response = await fetch(`${bot.url}/readyz`);
    said = `${response.status} ${JSON.stringify(await response.json())}`;
    return (said.startsWith("200") && said.includes(words)) || undefined;
  };
  await eventually(isSaid, () => `${words} on /readyz, which says ${said}`);
}

describe("two processes with different settings on one database", () => {
  it("hold every plan to the strictest of them, and say that they differ", async () => {
    stage = await openStage({
      onPostgres: 2,
      env: { ALLOW_SELF_APPROVAL: "true" },
      envOfOthers: { APPROVALS_REQUIRED: "2", ALLOW_SELF_APPROVAL: "false" },
    });
    const { teams, graph, bots } = stage;
    const [lax, strict] = bots;
    if (lax === undefined || strict === undefined) throw new Error("there are not two bots");
    for (const bot of bots) await saysToSeeTo(bot, "APPROVALS_REQUIRED, ALLOW_SELF_APPROVAL");

    await teams.install(grace);
    await teams.say(grace, "enable passkeys");
    const own = await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(wholeText(own)).toMatch(/Needs 2 approvals/);
    await teams.say(grace, "cancel 1");

    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #2");
    stage.turnTo(lax);
    await teams.press(grace, card, "Approve");
    const still = await becomes(stage, card, /Needs 1 more approval/);
    expect(graph.patches()).toEqual([]);

    // The plan stays as strict as when it was made, after the strict process has left.
    await strict.stop();
    await saysToSeeTo(lax, '"attention":[]');
    const again = await teams.press(grace, still, "Approve");
    expect(again.text).toMatch(/have approved plan #2 already/);
    expect(graph.patches()).toEqual([]);
  });
});
