import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import { buttonsOf } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, type TeamsPerson, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const POLICY_PATH = /authenticationMethodConfigurations/i;
let stage: Stage;
let untouched: Stage["tenant"]["policy"];
let earlier = { patches: 0, audits: 0 };
let plans = 0;

// One bot for the file: each test starts from the same policy with a plan of its own.
beforeAll(async () => {
  stage = await openStage();
  untouched = structuredClone(stage.tenant.policy);
  await stage.teams.install(grace);
  await stage.teams.install(katherine);
});
afterAll(() => stage?.close());

beforeEach(() => {
  stage.tenant.policy = structuredClone(untouched);
  stage.graph.faults.clear();
  stage.graph.readings.visibleAfterMs = 0;
  earlier = { patches: stage.graph.patches().length, audits: stage.tenant.audits.length };
});

/** Writes since the test began. */
const patches = () => stage.graph.patches().slice(earlier.patches);
const audits = () => stage.tenant.audits.length - earlier.audits;

/** Ada asks; the copies of the new card in the two approvers' chats. */
async function propose(): Promise<{ grace: Message; katherine: Message; number: number }> {
  const { teams } = stage;
  if (plans > 0) await takeBack(plans);
  plans += 1;
  await teams.say(ada, "enable passkeys");
  const [one, two] = await Promise.all([
    teams.findText(teams.chatOf(grace), `Plan #${plans} `),
    teams.findText(teams.chatOf(katherine), `Plan #${plans} `),
  ]);
  return { grace: one, katherine: two, number: plans };
}

/** What still waits from the test before: the same request would only show that plan. */
async function takeBack(number: number): Promise<void> {
  await stage.teams.say(ada, `cancel ${number}`);
  await stage.teams.findText(
    stage.teams.chatOf(ada),
    new RegExp(`Plan #${number} (is|has) (cancelled|already|closed|expired)`),
  );
}

function cardSays(message: Message, words: string | RegExp): Promise<Message> {
  const { teams } = stage;
  const fits = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
  return eventually(
    () => (fits(wholeText(teams.current(message))) ? teams.current(message) : undefined),
    () => `the card to say ${words}; it says ${wholeText(teams.current(message))}`,
  );
}

const approve = (person: TeamsPerson, message: Message) => stage.teams.press(person, message, "Approve");

describe("one approved plan is one write", () => {
  it("when two approvers press at once, and when one presses again and again", async () => {
    const cards = await propose();
    const answers = await Promise.all([
      approve(grace, cards.grace),
      approve(katherine, cards.katherine),
      approve(grace, cards.grace),
      approve(grace, cards.grace),
    ]);
    await cardSays(cards.grace, "Applied and verified");
    await cardSays(cards.katherine, "Applied and verified");
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(patches()).toHaveLength(1);
    expect(audits()).toBe(1);
  });

  it("when the connection drops after the write took effect: it ends as applied", async () => {
    const cards = await propose();
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, drop: "after" });
    await approve(grace, cards.grace);
    await cardSays(cards.katherine, "Applied and verified");
    expect(patches()).toHaveLength(1);
  });

  it("when the connection drops while the write is on its way and it lands a moment later", async () => {
    const cards = await propose();
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, drop: "during" });
    await approve(grace, cards.grace);
    await cardSays(cards.katherine, "Applied and verified");
    expect(patches()).toHaveLength(1);
  });

  it("when Graph shows the new policy only seconds later", async () => {
    stage.graph.readings.visibleAfterMs = 1_500;
    const cards = await propose();
    await approve(grace, cards.grace);
    await cardSays(cards.grace, "Applied and verified");
    expect(patches()).toHaveLength(1);
  });
});

describe("nothing is written", () => {
  it("when the policy was edited between plan and click: a new revision shows the new diff", async () => {
    const cards = await propose();
    stage.graph.portalEdit(katherine.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    const before = JSON.stringify(stage.tenant.policy);
    await approve(grace, cards.grace);
    const revised = await cardSays(cards.katherine, "revision 2");
    expect(patches()).toHaveLength(0);
    expect(JSON.stringify(stage.tenant.policy)).toBe(before);
    expect(buttonsOf(revised.card)).toContain("Approve");

    const stale = await approve(grace, cards.grace);
    expect(stale.text).toMatch(/revision 2/);
    expect(patches()).toHaveLength(0);
    await approve(grace, revised);
    await cardSays(cards.grace, "Applied and verified");
  });

  it("when Graph answers 204 and does nothing: reported as not applied, and open again", async () => {
    const cards = await propose();
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, noEffect: true });
    await approve(grace, cards.grace);
    const reopened = await cardSays(cards.katherine, /not applied/i);
    expect(wholeText(reopened)).not.toContain("Applied and verified");
    expect(stage.tenant.policy.state).toBe("disabled");
    expect(audits()).toBe(0);
    expect(buttonsOf(reopened.card)).toContain("Approve");
  });

  it.each([403, 503])("when Graph says %i: the plan stays open for the next approver", async (status) => {
    const cards = await propose();
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, status, retryAfter: 1 });
    const answer = await approve(grace, cards.grace);
    expect(answer.text).toMatch(/nothing was written/i);
    expect(audits()).toBe(0);
    await approve(katherine, cards.katherine);
    await cardSays(cards.grace, "Applied and verified");
    expect(audits()).toBe(1);
  });

  it("when Graph refuses the request for good: everyone sees what it said", async () => {
    const cards = await propose();
    stage.graph.faults.next({
      method: "PATCH",
      path: POLICY_PATH,
      status: 400,
      message: "Too many targets.",
    });
    await approve(grace, cards.grace);
    const refused = await cardSays(cards.katherine, "Too many targets.");
    expect(buttonsOf(refused.card)).not.toContain("Approve");
  });

  it.each([
    ["consentMissing", /consent/i],
    ["mfaRequired", /second factor/i],
    ["expiredAssertion", /too old/i],
    ["conditionalAccess", /Conditional Access/],
    ["wrongSecret", /operator/],
    ["temporarilyUnavailable", /did not answer/],
  ] as const)("when the approver cannot be signed in (%s), who is told why", async (fault, words) => {
    const cards = await propose();
    const repair = stage.entra.faults.set(fault, { grant: "on_behalf_of" });
    expect((await approve(grace, cards.grace)).text).toMatch(words);
    expect(patches()).toHaveLength(0);
    repair();
    await approve(grace, cards.grace);
    await cardSays(cards.grace, "Applied and verified");
  });

  it("when the click brings another person's sign-in token", async () => {
    const cards = await propose();
    const token = await stage.entra.issueSsoToken(katherine.id);
    const answer = await stage.teams.press(grace, cards.grace, "Approve", { token });
    expect(answer.text).toMatch(/another account/);
    expect(patches()).toHaveLength(0);
  });

  it.each([
    ["of another audience", { audience: "api://somebody-else" }],
    ["of another tenant", { tenantId: "99999999-9999-4999-8999-999999999999" }],
    ["forged", { signing: "forged" }],
    ["unsigned", { signing: "none" }],
    ["that has expired", { expiresIn: -600 }],
  ] as const)("when the click brings a token %s", async (_, forgery) => {
    const cards = await propose();
    const token = await stage.entra.issueSsoToken(grace.id, forgery);
    const answer = await stage.teams.press(grace, cards.grace, "Approve", { token });
    expect(answer.statusCode).not.toBe(200);
    expect(patches()).toHaveLength(0);
  });

  it.each<[string, JsonObject]>([
    ["an unknown plan", { planId: 999, revision: 1 }],
    ["another revision", { planId: "this", revision: 7 }],
    ["no data", {}],
    ["odd data", { planId: { $ne: null }, revision: "x" }],
    ["no digest", { planId: "this", revision: 1 }],
    ["another digest", { planId: "this", revision: 1, digest: "0123456789abcdef01234567" }],
    ["data of its own", { planId: 999, revision: 1, state: "approved", after: {} }],
  ])("when the button data was edited to %s", async (_, data) => {
    const cards = await propose();
    const answer = await stage.teams.press(grace, cards.grace, "Approve", {
      data: "planId" in data && data.planId === "this" ? { ...data, planId: cards.number } : data,
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text.length).toBeGreaterThan(20);
    expect(patches()).toHaveLength(0);
  });
});

describe("a click is answered within five seconds", () => {
  it("also when Graph takes its time: the card follows", async () => {
    const cards = await propose();
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, delayMs: 6_000 });
    const started = Date.now();
    const answer = await approve(grace, cards.grace);
    expect(Date.now() - started).toBeLessThan(5_500);
    expect(answer.text).toMatch(/working/i);
    await cardSays(cards.katherine, "Applied and verified");
  });

  it("also when the directory takes its time: the sign-in is asked for all the same, and the next click goes on", async () => {
    const cards = await propose();
    stage.graph.faults.next({ method: "GET", path: /transitiveMemberOf/, delayMs: 4_500 });
    const started = Date.now();
    const answer = await approve(grace, cards.grace);
    expect(Date.now() - started).toBeLessThan(9_000);
    expect(answer.signedIn).toBe(true);
    await cardSays(cards.katherine, "Applied and verified");
    expect(patches()).toHaveLength(1);
  });
});
