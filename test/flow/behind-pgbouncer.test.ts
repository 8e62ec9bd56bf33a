import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { pgBouncerProgram, startPgBouncer } from "../setup/pgbouncer.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import { buildFolder } from "./built-bot.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const run = promisify(execFile);
const program = pgBouncerProgram();
if (program === undefined)
  process.stderr.write(
    "Skipped: bots behind PgBouncer, which is not installed (Debian: apt install pgbouncer)\n",
  );

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

describe.skipIf(program === undefined)("two processes behind PgBouncer in transaction mode", () => {
  it("share a store: one is killed, the other applies what was asked there, once, and the first comes back", async () => {
    const database = await (await postgresForTests()).createDatabase();
    const bouncer = await startPgBouncer(program ?? "", { server: database.url, mode: "transaction" });
    const url = bouncer.through(database.url);
    stage = await openStage({ onPostgres: 2, env: { DATABASE_URL: url } });
    const { teams, graph, bots } = stage;
    const [first, second] = bots;
    if (first === undefined || second === undefined) throw new Error("there are two processes");
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
    await first.stop("SIGKILL");
    stage.turnTo(second);
    await teams.press(grace, shown, "Approve");
    await eventually(
      () => wholeText(teams.current(shown)).includes("Applied and verified") || undefined,
      () => `the card to say applied; it says ${wholeText(teams.current(shown))}`,
    );
    expect(graph.patches()).toHaveLength(1);
    await first.restart();
    stage.turnTo(first);
    await teams.say(ada, "undo 1");
    await teams.findText(teams.chatOf(grace), "Plan #2");
    const env = { PATH: process.env.PATH, DATABASE_URL: url };
    const { stdout } = await run(process.execPath, [join(buildFolder(), "audit.mjs"), "verify"], { env });
    expect(stdout).toContain(": intact");
    await stage.close();
    stage = undefined;
    await bouncer.stop();
    await database.drop();
  });
});
