import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GraphFault } from "../../simulators/graph/fault-board.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const APPLIED = /Applied and verified/;
const WAITS = /Waiting for Graph.*asked Latchkey to wait until/s;

describe.each([
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
] as const)("a write that Graph throttles, on %s", (_, options) => {
  let stage: Stage;
  let untouched: Stage["tenant"]["policy"];
  let written = 0;
  let plans = 0;

  beforeAll(async () => {
    stage = await openStage(options);
    untouched = structuredClone(stage.tenant.policy);
    for (const approver of [grace, katherine]) await stage.teams.install(approver);
  });
  afterAll(() => stage?.close());
  beforeEach(() => {
    stage.tenant.policy = structuredClone(untouched);
    stage.graph.faults.clear();
    written = stage.graph.patches().length;
  });

  /** Attempts to write since the test began, by what Graph said, and whether each was a request of its own. */
  function attempts() {
    const since = stage.graph.patches().slice(written);
    expect(new Set(since.map(({ clientRequestId }) => clientRequestId)).size).toBe(since.length);
    return since.map(({ status }) => status);
  }

  const throttle = (how: Pick<GraphFault, "retryAfter" | "times">) =>
    stage.graph.faults.next({ method: "PATCH", status: 429, ...how });

  /** Ada asks; the copies of the card that an approver and she have. */
  async function propose(): Promise<{ readonly approvers: Message; readonly hers: Message }> {
    const { teams } = stage;
    await teams.say(ada, "enable passkeys");
    plans += 1;
    const [approvers, hers] = await Promise.all([
      teams.findText(teams.chatOf(grace), `Plan #${plans} `),
      teams.findText(teams.chatOf(ada), `Plan #${plans} `),
    ]);
    return { approvers, hers };
  }

  const approve = (card: Message) => stage.teams.press(grace, stage.teams.current(card), "Approve");

  it("once: is sent again by itself, and then every copy of the card is as usual", async () => {
    throttle({ retryAfter: 2 });
    const { approvers, hers } = await propose();
    await approve(approvers);
    await becomes(stage, hers, APPLIED);
    expect(wholeText(await becomes(stage, approvers, APPLIED))).not.toMatch(WAITS);
    expect(attempts()).toEqual([429, 204]);
    expect(stage.tenant.policy.state).toBe("enabled");
  });

  it("three times: is sent a fourth time", async () => {
    throttle({ retryAfter: 1, times: 3 });
    const { approvers } = await propose();
    await approve(approvers);
    await becomes(stage, approvers, APPLIED);
    expect(attempts()).toEqual([429, 429, 429, 204]);
  });

  it("for ever: is given up, said, and open for the next press", async () => {
    throttle({ retryAfter: 1 });
    throttle({ retryAfter: 60, times: Number.POSITIVE_INFINITY });
    const { approvers } = await propose();
    const { text } = await approve(approvers);
    await becomes(stage, approvers, /Nothing was written when Grace Hopper approved/);
    expect(text).toMatch(/Nothing was written.*Wait 60 seconds|Working on it/s);
    expect(attempts()).toEqual([429, 429]);
    stage.graph.faults.clear();
    await approve(approvers);
    await becomes(stage, approvers, APPLIED);
    expect(attempts()).toEqual([429, 429, 204]);
  });

  it("while somebody edits the policy in the portal: becomes a new revision, and writes nothing over it", async () => {
    throttle({ retryAfter: 8 });
    const { approvers, hers } = await propose();
    const pressed = approve(approvers);
    await becomes(stage, hers, WAITS);
    stage.graph.portalEdit(katherine.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    await pressed;
    const anew = await becomes(stage, approvers, /revision 2.*The policy changed since the last revision/s);
    expect(attempts()).toEqual([429]);
    await approve(anew);
    await becomes(stage, approvers, APPLIED);
    expect(attempts()).toEqual([429, 204]);
  });

  it("while it waits can be cancelled by who asked, and is not sent then", async () => {
    throttle({ retryAfter: 8 });
    const { approvers, hers } = await propose();
    const pressed = approve(approvers);
    const waiting = await becomes(stage, hers, WAITS);
    expect(buttonsOf(waiting.card)).toContain("Cancel");
    await stage.teams.press(ada, waiting, "Cancel");
    await becomes(stage, approvers, /Cancelled by Ada Lovelace/);
    // Who approved is told once the time is over: in the answer, or after it on a machine that is slow.
    const { text } = await pressed;
    const told = () => [text, ...stage.teams.messages.map(wholeText)];
    await eventually(
      () => told().some((each) => each.includes("already cancelled by Ada Lovelace")) || undefined,
      () => "the approver to be told who cancelled it",
    );
    expect(attempts()).toEqual([429]);
    expect(stage.tenant.policy.state).toBe("disabled");
  });

  it("while its process is killed: is open again in the same revision, and is written once by the next press", async () => {
    throttle({ retryAfter: 45 });
    const { approvers, hers } = await propose();
    // Who pressed hears nothing any more.
    const pressed = approve(approvers).catch(() => undefined);
    await becomes(stage, hers, WAITS);
    const [first, second] = stage.bots;
    await first?.stop("SIGKILL");
    await pressed;
    if (second === undefined) await first?.restart();
    else stage.turnTo(second);
    const open = await becomes(
      stage,
      approvers,
      /revision 1.*Latchkey was stopped before that time was over/s,
    );
    expect(attempts()).toEqual([429]);
    await approve(open);
    await becomes(stage, hers, APPLIED);
    expect(attempts()).toEqual([429, 204]);
  });
});
