import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram } from "../audit-cli/audit-program.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { StoreEditor } from "./store-editor.js";
import { eventually, type Message } from "./teams.js";

// A plan was rejected. Somebody who can write to the bot's database takes that back: the record ends before it, with the
// counter as it was then, and the plan waits as it did. Everything in the store fits together.

const { ada, grace, linus } = SAMPLE_PEOPLE;
const ENGINES: readonly (readonly [string, StageOptions])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
];
const hasApprove = ({ card }: Message) => JSON.stringify(card ?? null).includes('"Approve"');
const quoted = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

let program: AuditProgram;
let stage: Stage;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program?.remove());
afterEach(() => stage?.close());

/** @returns the end of the record that was taken away */
async function rejectAndTakeBack(editor: StoreEditor): Promise<string> {
  const { teams } = stage;
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const card = await teams.find(teams.chatOf(grace), hasApprove, "a card with Approve");
  const [plan] = await editor.run("select * from plans where number = 1");
  const [{ last } = { last: 0 }] = await editor.run("select max(sequence) as last from audit");
  await teams.press(grace, card, "Reject");
  await becomes(stage, card, /Rejected/);
  // Every process looks at the record every two seconds.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const [end] = await editor.run("select sequence, hash from audit order by sequence desc limit 1");
  await editor.run(`delete from audit where sequence > ${last}`);
  await editor.run(`update tenants set last_audit = ${last}`);
  const { version, state, body, summary } = plan ?? {};
  await editor.run(
    `update plans set version = ${version}, state = ${quoted(state)}, body = ${quoted(body)}, summary = ${quoted(summary)} where number = 1`,
  );
  return `${end?.sequence}:${end?.hash}`;
}

describe.each(ENGINES)(
  "a record on %s that was put back to an earlier end",
  { timeout: 120_000 },
  (_, engine) => {
    it("bears no decision and no new plan in any process that saw what came after, and is said in words", async () => {
      stage = await openStage(engine);
      const { teams, graph, tenant, bots } = stage;
      const policy = structuredClone(tenant.policy);
      const editor = new StoreEditor(stage);
      const head = await rejectAndTakeBack(editor);
      const records = await editor.run("select sequence, hash from audit order by sequence");
      // In itself the store is whole.
      expect(await program.runOn(editor.place, "verify")).toMatchObject({ code: 0 });

      for (const bot of bots) {
        stage.turnTo(bot);
        const ids = new Set(teams.messages.map(({ id }) => id));
        await teams.say(grace, "show 1");
        const isNew = (message: Message) => !ids.has(message.id) && hasApprove(message);
        const card = await teams.find(teams.chatOf(grace), isNew, "the plan's card once more");
        const { text } = await teams.press(grace, card, "Approve");
        expect(text).toContain("was put back to an earlier state");
        expect(text).toContain("Tell your security people");
        const before = teams.messages.length;
        await teams.say(linus, "enable passkeys for group Pilot");
        await eventually(
          () =>
            teams.messages
              .slice(before)
              .find(({ text }) => /was put back to an earlier state/.test(text ?? "")),
          () => "what is wrong",
        );
        // Said by the look at the record that comes next, and not by the refusal.
        await eventually(
          () => bot.output.includes('"event":"record-put-back"') || undefined,
          () => "the log's word of it",
        );
        const ready = await fetch(`${bot.url}/readyz`);
        const { attention } = (await ready.json()) as { readonly attention: readonly string[] };
        expect(attention.join("\n")).toContain(`npm run audit -- verify --head ${head}`);
      }
      expect(graph.patches()).toEqual([]);
      expect(tenant.policy).toEqual(policy);
      expect(await editor.run("select sequence, hash from audit order by sequence")).toEqual(records);
      expect(await editor.run("select number from plans")).toHaveLength(1);
      expect(await program.runOn(editor.place, "verify", "--head", head)).toMatchObject({ code: 1 });
    });
  },
);
