import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDrift } from "../../../src/core/drift/check-drift.js";
import { personId } from "../../../src/core/person.js";
import { AUTHENTICATOR_IOS } from "../../../src/core/policy/policy.js";
import { ANDROID, IOS, legacyPolicy } from "../../core/policy/sample-policies.js";
import {
  ADA,
  CHANNEL,
  findAction,
  GRACE,
  GROUP,
  GUEST,
  LINUS,
  personal,
  TeamsWorld,
} from "../teams-world.js";

const allow = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.policy = legacyPolicy(allow(IOS, ANDROID));
  world.tenant.passkeys.set("mary", [AUTHENTICATOR_IOS]);
});
afterEach(() => world.stop());

async function check() {
  const result = await checkDrift(world.ports, world.tenant.rules);
  await world.quiet();
  return result;
}

function writtenByEve(): void {
  world.tenant.otherWriters = [
    { name: "Eve", id: personId("eve"), at: new Date(world.tenant.time).toISOString() },
  ];
}

/** Somebody edits the policy outside Latchkey, and the next check finds it. */
async function drift(members: object = allow(ANDROID)) {
  if (world.tenant.store.watch.current === undefined) await check();
  world.tenant.policy = { ...world.tenant.policy, ...members };
  await check();
}

const said = (place: Parameters<TeamsWorld["card"]>[0]) => JSON.stringify(world.card(place) ?? "no card");
const stored = (number = 1) => world.tenant.store.watch.drifts.get(number);
const putCalls = () => world.channel.calls.filter((call) => call.method === "PUT");

describe("drift is shown", () => {
  it("in the approval rooms, once in each, with people's names", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(ADA, "scan", GROUP);
    const before = world.channel.posts(GROUP.id).length;
    await drift();
    expect(said(CHANNEL)).toContain("Drift 1 · the policy was changed outside Latchkey");
    expect(said(CHANNEL)).toContain("1 person lost passkey sign-in");
    expect(said(CHANNEL)).toContain("mary");
    await check();
    await check();
    expect(world.stores.postedOf("drift")).toHaveLength(1);
    expect(world.channel.posts(GROUP.id)).toHaveLength(before);
    expect(putCalls().filter((call) => call.conversation === CHANNEL.id)).toEqual([]);
  });

  it("where the last plan was when there is no room, without names, and does not follow later plans", async () => {
    await world.say(ADA, "remove 90a3ccdf-635c-4729-a248-9b709135078f", GROUP);
    await drift();
    expect(said(GROUP)).toContain("Drift 1 ·");
    expect(said(GROUP)).toContain("1 person lost passkey sign-in");
    expect(said(GROUP)).not.toContain("mary");
    await world.say(ADA, "disable passkeys");
    await check();
    expect(world.stores.postedOf("drift").map(({ conversation }) => conversation)).toEqual([GROUP.id]);
  });

  it("nowhere when there is neither a room nor a plan: then the log says so, and a later room gets it", async () => {
    await drift();
    expect(world.stores.postedOf("drift")).toEqual([]);
    expect(world.logged).toContainEqual(expect.objectContaining({ event: "drift-posted-nowhere" }));
    await world.say(GRACE, "approvals here", CHANNEL);
    await check();
    expect(said(CHANNEL)).toContain("Drift 1 ·");
  });

  it("again at the next check when Teams did not take it", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await check();
    world.channel.teams.faults.next({ kind: "status", status: 404 });
    await drift();
    expect(world.stores.postedOf("drift")).toEqual([]);
    await check();
    expect(said(CHANNEL)).toContain("Drift 1 ·");
  });

  it("anew on the same card when the policy moves on, and as over when it is as before", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await drift();
    await drift({ isSelfServiceRegistrationAllowed: false });
    expect(world.stores.postedOf("drift")).toHaveLength(1);
    expect(said(CHANNEL)).toContain("Revision 2");
    await drift({ ...allow(IOS, ANDROID), isSelfServiceRegistrationAllowed: true });
    expect(said(CHANNEL)).toContain("without a plan of Latchkey");
    expect(findAction(world.card(CHANNEL), "Put it back")).toBeUndefined();
  });
});

describe("pressing Accept as new baseline", () => {
  beforeEach(async () => {
    // While it is not known who wrote, it takes two.
    writtenByEve();
    await world.say(GRACE, "approvals here", CHANNEL);
    await drift();
  });
  const accept = (person = GRACE, reason = "Android only from now on") =>
    world.press(person, "Accept as new baseline", CHANNEL, { inputs: { reason } });

  it("accepts it with the reason, on every copy, without asking anybody to sign in", async () => {
    await world.say(LINUS, "drift");
    const { body } = await accept();
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(stored()?.state).toMatchObject({ kind: "accepted", reason: "Android only from now on" });
    for (const place of [CHANNEL, personal(LINUS)]) {
      expect(said(place)).toContain("Accepted by Grace Hopper");
      expect(said(place)).toContain("Reason: Android only from now on");
    }
    expect(await check()).toMatchObject({ kind: "as-baseline" });
  });

  it("is refused to who changed the policy, with what to do", async () => {
    world.tenant.otherWriters = [
      { name: "Grace", id: GRACE.id, at: new Date(world.tenant.time).toISOString() },
    ];
    const { body } = await accept();
    expect(body.value).toContain("names you among those who made this change");
    expect(body.value).toContain("Ask another approver");
    expect(stored()?.state.kind).toBe("open");
  });

  it("shows the first of two words on the card while it is not known who changed the policy", async () => {
    world.tenant.otherWriters = [];
    await drift({ isSelfServiceRegistrationAllowed: false });
    await accept();
    expect(stored()?.state.kind).toBe("open");
    expect(said(CHANNEL)).toContain("**Grace Hopper accepts this**");
    expect(said(CHANNEL)).toContain("another approver has to accept it as well");
    expect(said(CHANNEL)).toContain("Accept as new baseline");
    expect((await accept()).body.value).toContain("You accept drift 1 already");
  });

  it.each([
    ["without a reason", GRACE, "  ", "is accepted with a reason or not at all"],
    ["by somebody who may not approve", LINUS, "because", "Authentication Policy Administrator"],
    ["by somebody who may not talk to the bot", GUEST, "because", "administrator or reader role"],
  ])("is refused %s, with words", async (_, person, reason, words) => {
    const { body } = await accept(person, reason);
    expect(body).toMatchObject({ type: "application/vnd.microsoft.activity.message" });
    expect(body.value).toContain(words);
    expect(stored()?.state.kind).toBe("open");
  });

  it("is refused on a card of an older revision, and once it is decided", async () => {
    const old = findAction(world.card(CHANNEL), "Accept as new baseline");
    if (old === undefined) throw new Error("no button");
    const pressOld = () =>
      world.channel.send(world.click(GRACE, old, CHANNEL, { inputs: { reason: "because" } }));
    await drift({ isSelfServiceRegistrationAllowed: false });
    expect((await pressOld()).body.value).toContain("the policy moved on");
    await accept();
    await world.quiet();
    expect((await pressOld()).body.value).toContain("is accepted already, by Grace Hopper");
    expect(stored()?.revision).toBe(2);
  });

  it("on a card that Teams did not redraw says who was first, and redraws it", async () => {
    const old = findAction(world.card(CHANNEL), "Accept as new baseline");
    if (old === undefined) throw new Error("no button");
    world.channel.teams.faults.next({ kind: "status", status: 404 }, { method: "PUT", times: 3 });
    await accept();
    expect(said(CHANNEL)).toContain("Put it back");
    const replyToId = world.stores.postedOf("drift")[0]?.activityId;
    const { body } = await world.channel.send({ ...world.click(LINUS, old, CHANNEL), replyToId });
    expect(body.value).toContain("is accepted already, by Grace Hopper");
    await world.quiet();
    expect(said(CHANNEL)).toContain("Accepted by Grace Hopper");
    expect(findAction(world.card(CHANNEL), "Put it back")).toBeUndefined();
  });

  it.each([
    ["of a drift that is not there", { driftId: 99, revision: 1 }],
    ["of a number no drift can have", { driftId: Number.MAX_SAFE_INTEGER, revision: 1 }],
    ["that was tampered with", { driftId: { $ne: null }, revision: 1 }],
    ["with the change in it", { revision: 1, policy: { state: "disabled" } }],
  ])("does nothing for a button %s", async (_, data) => {
    const action = { verb: "acceptDrift", data };
    const { status, body } = await world.channel.send(
      world.click(GRACE, action, CHANNEL, { inputs: { reason: "because" } }),
    );
    expect([status, body.statusCode]).toEqual([200, 200]);
    expect(String(body.value).length).toBeGreaterThan(20);
    expect(stored()?.state.kind).toBe("open");
  });
});

describe("pressing Put it back", () => {
  it("makes a plan of whoever pressed, which somebody else approves; then the drift is over on every copy", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(LINUS, "scan");
    await drift();
    const { body } = await world.press(LINUS, "Put it back", CHANNEL);
    expect(body.value).toContain("Plan #1 puts drift 1 back, and waits for approval.");
    expect(world.tenant.store.plansByNumber.get(1)).toMatchObject({
      requester: { name: "Linus" },
      command: "put back drift 1",
      intent: { kind: "revert", of: { kind: "drift", driftNumber: 1 } },
    });
    expect(said(CHANNEL)).toContain("Put back drift 1");
    await world.press(GRACE, "Approve", CHANNEL, await world.signedIn(GRACE));
    expect(world.tenant.policy.keyRestrictions).toMatchObject({ aaGuids: expect.arrayContaining([IOS]) });
    expect(stored()?.state).toMatchObject({ kind: "put-back", planNumber: 1 });
    const [card] = putCalls()
      .filter(({ activityId }) => activityId === world.stores.postedOf("drift")[0]?.activityId)
      .slice(-1);
    expect(JSON.stringify(card?.body)).toContain("Put back with plan #1");
    expect(await check()).toMatchObject({ kind: "as-baseline" });
  });

  it("says which plan does so already", async () => {
    await world.say(GRACE, "approvals here", GROUP);
    await world.say(LINUS, "scan");
    await drift();
    await world.say(LINUS, "put back drift 1", GROUP);
    await world.say(ADA, "put back drift 1", GROUP);
    expect(world.texts(GROUP).at(-1)).toContain("Plan #1 puts drift 1 back and waits for approval already.");
  });

  it("scans first when nobody was scanned yet, and the plan comes afterwards", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await drift();
    const { body } = await world.press(LINUS, "Put it back", CHANNEL);
    expect(body.value).toContain("Reading everyone's passkeys first");
    expect(world.tenant.store.plansByNumber.get(1)).toMatchObject({ command: "put back drift 1" });
  });
});

describe("saying drift", () => {
  it("looks now, and shows the card where it was said, once", async () => {
    await check();
    world.tenant.policy = { ...world.tenant.policy, ...allow(ANDROID) };
    await world.say(ADA, "drift");
    expect(said(personal(ADA))).toContain("Drift 1 ·");
    expect(world.channel.posts(personal(ADA).id)).toHaveLength(1);
    await world.say(GRACE, "approvals here", CHANNEL);
    world.tenant.policy = { ...world.tenant.policy, isSelfServiceRegistrationAllowed: false };
    await world.say(GRACE, "drift", CHANNEL);
    expect(said(personal(ADA))).toContain("Revision 2");
  });

  it("posts one card where drift is posted anyway", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await check();
    world.tenant.policy = { ...world.tenant.policy, ...allow(ANDROID) };
    await world.say(GRACE, "drift", CHANNEL);
    expect(world.stores.postedOf("drift")).toHaveLength(1);
    await world.say(GRACE, "drift 1", CHANNEL);
    expect(world.stores.postedOf("drift")).toHaveLength(2);
  });

  it("says so when the policy is as it was first read, as applied, or as accepted", async () => {
    writtenByEve();
    await world.say(ADA, "drift");
    expect(world.texts(personal(ADA)).at(-1)).toBe(
      "The policy is as it was first read, just now; nothing was applied or accepted since. Say `show policy` to see it.",
    );
    await world.say(ADA, "disable passkeys", GROUP);
    await world.press(GRACE, "Approve", GROUP, await world.signedIn(GRACE));
    world.tenant.advance(3 * 3_600_000);
    await world.say(ADA, "show drift");
    expect(world.texts(personal(ADA)).at(-1)).toContain(
      "The policy is as applied with plan #1 (Grace Hopper, 3 hours ago).",
    );
    await drift({ isSelfServiceRegistrationAllowed: false });
    await world.press(GRACE, "Accept as new baseline", GROUP, { inputs: { reason: "fine" } });
    await world.say(ADA, "drift");
    expect(world.texts(personal(ADA)).at(-1)).toContain(
      "as accepted with drift 1 (Grace Hopper, just now: fine)",
    );
  });

  it("is named by other cards while one is open", async () => {
    await drift();
    for (const words of ["show policy", "pending"]) {
      await world.say(ADA, words);
      expect(said(personal(ADA))).toContain("Drift 1 is open: the policy was changed outside Latchkey.");
    }
  });

  it("knows no drift it does not know, and says when the policy cannot be read", async () => {
    await world.say(ADA, "drift 7");
    expect(world.texts(personal(ADA)).at(-1)).toContain("There is no drift 7 here.");
    world.tenant.policy = { ...world.tenant.policy, state: "sometimes" };
    await world.say(ADA, "drift");
    expect(world.texts(personal(ADA)).at(-1)).toContain("holds something Latchkey does not understand");
  });
});

describe("Show all of a drift", () => {
  it("names people to the person who pressed, and to nobody else", async () => {
    await world.say(ADA, "scan", GROUP);
    await world.say(ADA, "disable passkeys", GROUP);
    await drift();
    const { body } = await world.press(ADA, "Show all", GROUP);
    expect(JSON.stringify(body.value)).toContain("mary");
    expect(said(GROUP)).not.toContain("mary");
    const less = findAction(body.value, "Show less");
    if (less === undefined) throw new Error("no button");
    const back = await world.channel.send(world.click(ADA, less, GROUP));
    expect(JSON.stringify(back.body.value)).not.toContain("mary");
    expect((await world.press(GUEST, "Show all", GROUP)).body.type).toContain("message");
  });

  it("pressed by a client without Action.Execute names nobody where others read along, and says where to press", async () => {
    await world.say(ADA, "disable passkeys", GROUP);
    await drift();
    const submit = (verb: string, place: Parameters<TeamsWorld["card"]>[0]) =>
      world.channel.send({
        ...world.envelope(ADA, place),
        type: "message",
        value: { verb, ...world.driftData(1) },
      });
    const before = world.channel.posts(GROUP.id).length;
    await submit("showDrift", GROUP);
    await world.quiet();
    expect(world.texts(GROUP).at(-1)).toContain(
      "say `drift 1` in your own chat with Latchkey and press Show all",
    );
    expect(world.channel.posts(GROUP.id)).toHaveLength(before + 1);
    await submit("showDrift", personal(ADA));
    await world.quiet();
    expect(said(personal(ADA))).toContain("mary");
    await submit("showDriftLess", personal(ADA));
    await world.quiet();
    expect(said(personal(ADA))).not.toContain("mary");
    expect(findAction(world.card(personal(ADA)), "Show all")).toBeDefined();
  });
});
