import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IOS } from "../../core/policy/sample-policies.js";
import {
  ADA,
  CHANNEL,
  findAction,
  GRACE,
  GROUP,
  GUEST,
  LINUS,
  personal,
  type TeamsWorld,
} from "../teams-world.js";
import { driftsIn, restrictedWorld } from "./drifts-in.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await restrictedWorld();
});
afterEach(() => world.stop());

const { check, drift, writtenByEve, said, stored, putCalls } = driftsIn(() => world);

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
    expect(said(CHANNEL)).toContain("Put back");
    const replyToId = world.stores.postedOf("drift")[0]?.activityId;
    const { body } = await world.channel.send({ ...world.click(LINUS, old, CHANNEL), replyToId });
    expect(body.value).toContain("is accepted already, by Grace Hopper");
    await world.quiet();
    expect(said(CHANNEL)).toContain("Accepted by Grace Hopper");
    expect(findAction(world.card(CHANNEL), "Put back")).toBeUndefined();
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

describe("pressing Put back", () => {
  it("makes a plan of whoever pressed, which somebody else approves; then the drift is over on every copy", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(LINUS, "scan");
    await drift();
    const { body } = await world.press(LINUS, "Put back", CHANNEL);
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
    const { body } = await world.press(LINUS, "Put back", CHANNEL);
    expect(body.value).toContain("Reading everyone's passkeys first");
    expect(world.tenant.store.plansByNumber.get(1)).toMatchObject({ command: "put back drift 1" });
  });
});
