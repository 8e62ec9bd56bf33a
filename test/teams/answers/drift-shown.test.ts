import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANDROID, IOS } from "../../core/policy/sample-policies.js";
import { ADA, CHANNEL, findAction, GRACE, GROUP, GUEST, personal, type TeamsWorld } from "../teams-world.js";
import { allow, driftsIn, restrictedWorld } from "./drifts-in.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await restrictedWorld();
});
afterEach(() => world.stop());

const { check, drift, writtenByEve, said, putCalls } = driftsIn(() => world);

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

  it("nowhere when there is neither a room nor a plan: then the log says so, and a later room gets it at once, once", async () => {
    await drift();
    expect(world.stores.postedOf("drift")).toEqual([]);
    expect(world.logged).toContainEqual(expect.objectContaining({ event: "drift-posted-nowhere" }));
    await world.say(GRACE, "approvals here", CHANNEL);
    expect(said(CHANNEL)).toContain("Drift 1 ·");
    expect(world.texts(CHANNEL).at(-1)).toMatch(/None waits now\. Drift 1 is open, and has its card here/);
    await check();
    await world.say(GRACE, "approvals here", CHANNEL);
    expect(world.stores.postedOf("drift")).toHaveLength(1);
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
    expect(findAction(world.card(CHANNEL), "Put back")).toBeUndefined();
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
