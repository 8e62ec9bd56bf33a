import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import { BotProcess, runToEnd } from "./bot-process.js";
import { buildFolder } from "./built-bot.js";
import { botEnvironment, openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const run = promisify(execFile);

let stage: Stage | undefined;
let moved: BotProcess | undefined;
afterEach(async () => {
  await moved?.close();
  await stage?.close();
});

it("a store that is moved to PostgreSQL goes on: a card of before decides, numbers follow, and the folder takes no bot", async () => {
  stage = await openStage();
  const { teams, graph, bot, tenant, entra } = stage;
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
  await bot.stop();

  const database = await (await postgresForTests()).createDatabase();
  const env = { PATH: process.env.PATH, DATA_DIR: bot.dataDir, DATABASE_URL: database.url };
  await run(process.execPath, [join(buildFolder(), "store.mjs"), "move"], { env });
  const ofBot = botEnvironment(tenant, entra, graph.url);
  const onFolder = await runToEnd({ ...ofBot, DATA_DIR: bot.dataDir });
  expect(onFolder).toMatchObject({ code: 1, output: expect.stringContaining("its store was moved to") });

  moved = await BotProcess.start({ ...ofBot, DATABASE_URL: database.url });
  stage.turnTo(moved);
  await teams.press(grace, shown, "Approve");
  await eventually(
    () => wholeText(teams.current(shown)).includes("Applied and verified") || undefined,
    () => `the card to say applied; it says ${wholeText(teams.current(shown))}`,
  );
  expect(graph.patches()).toHaveLength(1);
  await teams.say(ada, "undo 1");
  await teams.findText(teams.chatOf(grace), "Plan #2");
  const { stdout } = await run(process.execPath, [join(buildFolder(), "audit.mjs"), "verify"], { env });
  expect(stdout).toContain(": intact");
  await moved.close();
  await database.drop();
});
