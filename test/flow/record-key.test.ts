import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { Secret } from "../../src/config/secret.js";
import { hashedText, seal, textHash } from "../../src/core/audit/chain.js";
import type { AuditRecord } from "../../src/core/audit/record.js";
import { RecordKeys } from "../../src/core/audit/record-keys.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { proposalDetail } from "../../src/core/plan/plan-entry.js";
import { AuditProgram, type Ran } from "../audit-cli/audit-program.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { StoreEditor } from "./store-editor.js";
import { type Message, wholeText } from "./teams.js";

// Somebody can write to the bot's database, and knows how plans and records are hashed. They have not the key.

const { ada, grace } = SAMPLE_PEOPLE;
const [KEY, OTHER_KEY] = ["a1".repeat(32), "b2".repeat(32)] as const;
const others = new RecordKeys([{ from: 1, key: new Secret(OTHER_KEY) }]);
const ENGINES: readonly (readonly [string, Pick<StageOptions, "onPostgres">])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
];
type Proof = (record: Omit<AuditRecord, "hash">) => string | undefined;
/** How it is proven, how so, and what verify finds without the key: nothing, when it looks like what it replaced. */
const FORGERIES: readonly (readonly [string, Proof, object])[] = [
  ["without proofs", () => undefined, { code: 1, stdout: expect.stringContaining("has no proof") }],
  ["with the proofs that were there", ({ proof }) => proof, { code: 0 }],
  ["with proofs by another key", (record) => others.proofOf(record), { code: 0 }],
];

let program: AuditProgram;
let stage: Stage;
let editor: StoreEditor;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program?.remove());
afterEach(() => stage?.close());

const verify = (key: object): Promise<Ran> => program.runOn({ ...editor.place, ...key }, "verify");
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const hasApprove = ({ card }: Message) => JSON.stringify(card ?? null).includes('"Approve"');

/** Plan #1 would write something else, and its records say so too, with everything after them: each hash is right. */
async function writeAnew(proofOf: Proof): Promise<void> {
  await editor.editPlan(1, (plan) => Object.assign(plan.proposal.after, { state: "disabled" }));
  const [plan] = await editor.run("select body from plans where number = 1");
  const { proposal }: Plan = JSON.parse(String(plan?.body));
  const planHash = textHash(String(plan?.body));
  const rows = await editor.run("select sequence, body, hash from audit order by sequence");
  let before: AuditRecord | undefined;
  let isReached = false;
  for (const row of rows) {
    const record: AuditRecord = { ...JSON.parse(String(row.body)), hash: row.hash };
    // What was recorded before the plan stays as it is, with proofs that are true.
    isReached ||= record.planNumber === 1;
    before = isReached ? madeAnew(record, before, { proposal, planHash }, proofOf) : record;
    if (!isReached) continue;
    const { sequence, hash } = before;
    const body = quoted(hashedText(before));
    await editor.run(`update audit set body = ${body}, hash = '${hash}' where sequence = ${sequence}`);
  }
}

function madeAnew(
  { hash: _hash, previousHash: _previous, sequence: _sequence, proof, ...entry }: AuditRecord,
  before: AuditRecord | undefined,
  { proposal, planHash }: Pick<Plan, "proposal"> & { readonly planHash: string },
  proofOf: Proof,
): AuditRecord {
  const detail =
    entry.event === "plan-proposed" ? { ...entry.detail, ...proposalDetail(proposal) } : entry.detail;
  const said = { ...entry, detail, ...(entry.planHash === undefined ? {} : { planHash }) };
  const { hash: _, ...unproven } = seal(said, before);
  const forged = proofOf({ ...unproven, ...(proof === undefined ? {} : { proof }) });
  const unhashed = { ...unproven, ...(forged === undefined ? {} : { proof: forged }) };
  return { ...unhashed, hash: textHash(hashedText(unhashed)) };
}

describe.each(ENGINES)("a bot with RECORD_KEY, on %s", (_, engine) => {
  it.each(FORGERIES)(
    "writes nothing of a plan that was written anew with its records %s",
    async (_how, proofOf, withoutKey) => {
      stage = await openStage({ ...engine, env: { RECORD_KEY: KEY } });
      editor = new StoreEditor(stage);
      const { teams, graph, tenant } = stage;
      const policy = structuredClone(tenant.policy);
      await teams.install(grace);
      await teams.say(ada, "enable passkeys");
      const proposed = await teams.find(teams.chatOf(grace), hasApprove, "a card with Approve");
      expect(await verify({ RECORD_KEY: KEY })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("proven by RECORD_KEY"),
      });

      await writeAnew(proofOf);
      const records = await editor.run("select sequence, hash from audit order by sequence");
      // The card of before, and one that is drawn from the forgery.
      await teams.press(grace, proposed, "Approve");
      await teams.say(grace, "show 1");
      const isNew = (message: Message) => message.id !== proposed.id && hasApprove(message);
      const drawn = await teams.find(teams.chatOf(grace), isNew, "the card once more");
      const { text } = await teams.press(grace, drawn, "Approve");
      expect(text).toContain("A record of plan #1 was edited, or does not fit the others");
      expect(text).toContain("Nothing was written just now");
      expect(text).toContain("npm run audit -- verify");

      expect(graph.patches()).toEqual([]);
      expect(tenant.policy).toEqual(policy);
      expect(teams.messages.filter((message) => /Applied and verified/.test(wholeText(message)))).toEqual([]);
      // Nothing was sealed on top of the forgery.
      expect(await editor.run("select sequence, hash from audit order by sequence")).toEqual(records);
      const found = await verify({ RECORD_KEY: KEY });
      expect(found).toMatchObject({ code: 1, stdout: expect.stringMatching(/was forged|has no proof/) });
      // Each hash is right: where there are proofs, it is the key that tells.
      expect(await verify({})).toMatchObject(withoutKey);
    },
  );
});
