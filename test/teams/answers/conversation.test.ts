import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { personId, replicaId } from "../../../src/core/person.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
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
  THREAD,
} from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const buttons = (card: unknown) =>
  ["Approve", "Reject", "Cancel", "Show all"].filter((title) => findAction(card, title) !== undefined);

describe("a message", () => {
  it("is accepted at once and answered afterwards", async () => {
    expect((await world.channel.send(world.message(ADA, "help"))).status).toBe(200);
    await world.bot.idle();
    expect(world.card(personal(ADA)).body[0].text).toBe("What you can say");
  });

  it("that is no command is answered with what can be said where the bot is spoken to, and only there", async () => {
    await world.say(ADA, "see you at lunch");
    expect(world.texts(personal(ADA))[0]).toContain("say `help`");
    const { text: _, entities: __, ...unmentioned } = world.message(ADA, "", THREAD);
    await world.channel.send({ ...unmentioned, text: "disable passkeys" });
    await world.bot.idle();
    expect(world.texts(THREAD)).toEqual([]);
    expect(world.tenant.store.plansByNumber.size).toBe(0);
  });

  it("may mention the bot", async () => {
    const message = world.message(ADA, "pending", THREAD);
    expect(message.text).toBe("<at>Latchkey</at> pending");
    await world.channel.send(message);
    await world.bot.idle();
    expect(world.card(THREAD).body[0].text).toBe("Nothing waits for a decision");
  });

  it("of another tenant is accepted and ignored", async () => {
    const foreign = { ...world.message(ADA, "help"), channelData: { tenant: { id: "other" } } };
    expect((await world.channel.send(foreign)).status).toBe(200);
    await world.bot.idle();
    expect(world.channel.calls).toEqual([]);
    expect(world.stores.known.size).toBe(0);
    expect(world.logged.map(({ event }) => event)).toEqual([
      "activity-received",
      "activity-of-foreign-tenant",
    ]);
  });

  it("of a person without access gets a polite no, for any command", async () => {
    await world.say(GUEST, "show policy");
    expect(JSON.stringify(world.card(personal(GUEST)))).toContain("for the administrators");
  });

  it("that fails says so in words, without stack or message of ours", async () => {
    world.tenant.readFault = new Fault("graph-throttled", "raw message", {
      retryAfterSeconds: 30,
      requestId: "r-1",
    });
    await world.say(ADA, "show policy");
    expect(world.texts(personal(ADA))).toEqual([
      "Microsoft Graph is busy with this tenant. Wait 30 seconds, then try again. Graph request r-1.",
    ]);
  });

  describe("that takes long", () => {
    const slowly =
      <Given extends readonly unknown[], Result>(read: (...given: Given) => Promise<Result>) =>
      async (...given: Given): Promise<Result> => {
        await new Promise((resolve) => setTimeout(resolve, 2_300));
        return read(...given);
      };
    const calls = () => world.channel.calls.map(({ method, activityId }) => [method, activityId]);

    it("is told to be under way, and the answer takes the place of that", async () => {
      world.tenant.ports.tenant.readPolicy = slowly(world.tenant.ports.tenant.readPolicy);
      await world.say(ADA, "show policy", GROUP);
      expect(world.channel.posts(GROUP.id)[0]?.body.text).toContain("Asking Microsoft Graph.");
      expect(calls()).toEqual([
        ["POST", undefined],
        ["PUT", "message-1"],
      ]);
      expect(world.card(GROUP).fallbackText).toBe("Passkeys (FIDO2) are off");
    });

    it("is answered by a post where the note could not be posted", async () => {
      world.tenant.ports.tenant.readPolicy = slowly(world.tenant.ports.tenant.readPolicy);
      world.channel.teams.faults.next({ kind: "status", status: 403 });
      await world.say(ADA, "show policy", GROUP);
      expect(calls()).toEqual([["POST", undefined]]);
      expect(world.card(GROUP).fallbackText).toBe("Passkeys (FIDO2) are off");
    });

    it("becomes the card of a plan that is shown, which is kept up to date like any other", async () => {
      await world.say(ADA, "enable passkeys", GROUP);
      const before = world.channel.calls.length;
      world.tenant.store.plans.find = slowly(world.tenant.store.plans.find);
      await world.say(LINUS, "show 1");
      expect(calls().slice(before)).toEqual([
        ["POST", undefined],
        ["PUT", "message-2"],
      ]);
      expect(world.stores.posted).toMatchObject([{ activityId: "message-1" }, { activityId: "message-2" }]);
      expect(buttons(world.card(personal(LINUS)))).toEqual(["Show all"]);
    });

    it("says where to look when the card comes by itself", async () => {
      await world.say(ADA, "enable passkeys");
      world.tenant.ports.tenant.readPolicy = slowly(world.tenant.ports.tenant.readPolicy);
      await world.say(ADA, "enable passkeys ios only", GROUP);
      const [note] = world.channel.posts(GROUP.id);
      expect(note?.body.text).toContain("Asking Microsoft Graph.");
      const texts = world.channel.calls.filter(({ method, body }) => method === "PUT" && body.text);
      expect(texts.map(({ body }) => body.text)).toEqual([
        "Microsoft Graph took longer than usual. What came of it is in this conversation by now.",
      ]);
      expect(world.channel.calls.some(({ method }) => method === "DELETE")).toBe(false);
    });
  });

  it("that is close to a command is asked back", async () => {
    await world.say(ADA, "enabel passkeys");
    const { body } = world.card(personal(ADA));
    expect(body[0].inlines.map(({ text }: { text: string }) => text).join("")).toContain(
      "Did you mean enable passkeys?",
    );
    const said = { title: "enable passkeys", data: { say: "enable passkeys" } };
    expect(body[1]).toMatchObject({ type: "ActionSet", actions: [said] });
  });
});

describe("a change asked for in a channel", () => {
  it("is posted once, with Approve and Reject, and no text beside it", async () => {
    await world.say(ADA, "enable passkeys", THREAD);
    expect(world.channel.posts()).toHaveLength(1);
    expect(buttons(world.card(THREAD))).toEqual(["Approve", "Reject", "Show all"]);
    expect(world.stores.posted).toMatchObject([{ kind: "plan", id: "1", conversation: THREAD.id }]);
  });

  it("is also posted to approvers who have the bot, and not to others", async () => {
    await world.say(GRACE, "help");
    await world.say(LINUS, "help");
    await world.say(ADA, "enable passkeys", GROUP);
    expect(buttons(world.card(personal(GRACE)))).toEqual(["Approve", "Reject", "Show all"]);
    expect(buttons(world.card(GROUP))).toEqual(["Approve", "Reject", "Show all"]);
    expect(world.channel.posts(personal(LINUS).id)).toHaveLength(1);
  });

  it("reaches an approver who only installed the bot and never wrote", async () => {
    const installed = {
      ...world.envelope(GRACE, personal(GRACE)),
      type: "installationUpdate",
      action: "add",
    };
    expect((await world.channel.send(installed)).status).toBe(200);
    await world.say(ADA, "enable passkeys", GROUP);
    expect(buttons(world.card(personal(GRACE)))).toEqual(["Approve", "Reject", "Show all"]);
    await world.channel.send({ ...installed, action: "remove" });
    await world.bot.idle();
    expect(world.stores.known.has(personal(GRACE).id)).toBe(false);
  });
});

describe("a change asked for in a personal chat", () => {
  it("carries Cancel there, and Approve and Reject in the approval room", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(ADA, "enable passkeys");
    expect(buttons(world.card(personal(ADA)))).toEqual(["Cancel", "Show all"]);
    expect(buttons(world.card(CHANNEL))).toEqual(["Approve", "Reject", "Show all"]);
  });

  it("that cannot be made is refused in words", async () => {
    await world.say(ADA, "enable passkeys for group Nobody");
    expect(world.texts(personal(ADA))).toEqual([expect.stringContaining("There is no group named Nobody")]);
  });

  it("for a group that is called nearly so is offered with its name", async () => {
    world.tenant.addGroup("id of Helpdesk", "Help Desk", "ada");
    await world.say(ADA, "enable passkeys for the Helpdeskk");
    const card = JSON.stringify(world.card(personal(ADA)));
    expect(card).toContain("Did you mean Help Desk?");
    expect(card).toContain(JSON.stringify({ say: 'enable passkeys for "Help Desk"' }));
    expect(world.tenant.store.plansByNumber.size).toBe(0);
  });

  it("can be cancelled by message, and every copy of the card says so", async () => {
    await world.say(GRACE, "help");
    await world.say(ADA, "enable passkeys");
    await world.say(ADA, "cancel 1");
    expect(JSON.stringify(world.card(personal(GRACE)))).toContain("Cancelled by Ada Lovelace");
    expect(JSON.stringify(world.card(personal(ADA)))).toContain("Cancelled by Ada Lovelace");
    expect(buttons(world.card(personal(ADA)))).toEqual([]);
  });
});

describe("an approval room", () => {
  it("is set by an approver only, with a record", async () => {
    await world.say(LINUS, "approvals here", GROUP);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("then say `approvals here` again")]);
    await world.say(GRACE, "approvals here", GROUP);
    expect(world.stores.records).toMatchObject([
      { event: "approval-room-set", by: GRACE, conversation: GROUP.id },
    ]);
  });

  it("gets the cards of the plans that wait already, each once, and says how many they are", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    expect(world.texts(CHANNEL).at(-1)).toContain("None waits now.");
    await world.say(ADA, "enable passkeys");
    await world.say(GRACE, "approvals here", GROUP);
    expect(world.texts(GROUP).at(-1)).toContain("1 plan waits already, and has its card here.");
    expect(buttons(world.card(GROUP))).toEqual(["Approve", "Reject", "Show all"]);
    const standing = [CHANNEL, GROUP].map((place) => world.channel.posts(place.id).length);
    await world.say(GRACE, "approvals here", GROUP);
    await world.say(GRACE, "approvals here", CHANNEL);
    // The answers, and no card twice.
    expect([CHANNEL, GROUP].map((place) => world.channel.posts(place.id).length)).toEqual(
      standing.map((posts) => posts + 1),
    );
    await world.say(ADA, "cancel 1");
    expect(JSON.stringify(world.card(GROUP))).toContain("Cancelled by Ada Lovelace");
  });

  it("gets the newest of many that wait, and a word about the others", async () => {
    for (let at = 1; at <= 7; at += 1) {
      world.tenant.policy = { ...world.tenant.policy, somethingNew: at };
      await world.say(ADA, "enable passkeys");
    }
    expect([...world.tenant.store.plansByNumber.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await world.say(GRACE, "approvals here", GROUP);
    const shown = world.channel.posts(GROUP.id).flatMap(({ body }) => {
      const [, number] = /Plan #(\d+) ·/.exec(JSON.stringify(body)) ?? [];
      return number === undefined ? [] : [Number(number)];
    });
    expect(shown.sort((one, other) => other - one)).toEqual([7, 6, 5, 4, 3]);
    expect(world.texts(GROUP).at(-1)).toContain(
      "7 plans wait already: the newest 5 have their cards here. Say `pending` to see all of them.",
    );
  });

  it("set in a thread is the whole channel; a plan asked in one of its threads is posted there alone", async () => {
    await world.say(GRACE, "approvals here", THREAD);
    expect(world.stores.records).toMatchObject([{ conversation: CHANNEL.id }]);
    await world.say(ADA, "enable passkeys", GROUP);
    expect(world.card(CHANNEL)).toBeDefined();
    const before = world.channel.posts(CHANNEL.id).length;
    await world.say(ADA, "enable passkeys", THREAD);
    expect(world.card(THREAD)).toBeDefined();
    expect(world.channel.posts(CHANNEL.id)).toHaveLength(before);
  });
});

describe("an approval room that is one no longer", () => {
  const said = () => JSON.stringify(world.card(CHANNEL));

  it("gets no plans of elsewhere, keeps the cards it has up to date, and says where plans are now", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(ADA, "enable passkeys");
    await world.say(GRACE, "stop approvals here", THREAD);
    expect(world.stores.records.at(-1)).toMatchObject({
      event: "approval-room-ended",
      by: GRACE,
      conversation: CHANNEL.id,
    });
    const answer = JSON.stringify(world.card(THREAD));
    expect(answer).toContain("This channel is no longer an approval room. Cards that stand here stay");
    expect(answer).toContain("There is no approval room now");
    expect(answer).toContain("an approver says approvals here there");
    await world.say(ADA, "cancel 1");
    expect(said()).toContain("Cancelled by Ada Lovelace");
    const before = world.channel.posts(CHANNEL.id).length;
    await world.say(ADA, "enable passkeys");
    expect(world.channel.posts(CHANNEL.id)).toHaveLength(before);
  });

  it("is ended by an approver only", async () => {
    await world.say(GRACE, "approvals here", GROUP);
    await world.say(LINUS, "stop approvals here", GROUP);
    expect(world.texts(GROUP).at(-1)).toContain("then say `stop approvals here` again");
    expect(world.stores.known.get(GROUP.id)?.approvalRoom).toBe(true);
  });

  it("leaves the others, and is told that it was none", async () => {
    await world.say(GRACE, "approvals here", GROUP);
    await world.say(GRACE, "no more approvals here", CHANNEL);
    expect(said()).toContain("This channel is no approval room");
    expect(said()).toContain("posted in 1 other approval room");
    expect(world.stores.records).toHaveLength(1);
  });
});

describe("a change that would cut off an emergency account", () => {
  const BREAKGLASS = personId("breakglass");
  it.each([
    ["the own chat", personal(GRACE), true],
    ["an approval room", CHANNEL, true],
    ["a thread of an approval room", THREAD, true],
    ["any other conversation", GROUP, false],
  ])("names it or not: %s", async (_, place, named) => {
    await world.stop();
    world = await TeamsWorld.start({ emergencyAccounts: [BREAKGLASS] });
    world.tenant.policy = legacyPolicy();
    world.tenant.passkeys.set(BREAKGLASS, ["2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid]);
    await world.say(GRACE, "approvals here", CHANNEL);
    await world.say(GRACE, "disable passkeys", place);
    const said = world.texts(place).at(-1) ?? "";
    expect(said).toContain("This would cut off an emergency account");
    expect(said.includes("breakglass")).toBe(named);
  });
});

describe("a plan whose outcome nobody could find out", () => {
  it("can be closed by message, which does not say that nothing was written", async () => {
    await world.say(ADA, "enable passkeys");
    const plan = world.tenant.store.plansByNumber.get(1);
    if (!plan) throw new Error("no plan");
    world.tenant.store.plansByNumber.set(1, {
      ...plan,
      state: {
        kind: "unknown",
        by: GRACE,
        at: plan.createdAt,
        lostSight: { replica: replicaId("another"), elapsed: 0 },
        clientRequestId: "x",
        seen: "nothing",
      },
    });
    world.tenant.advance(24 * 60 * 60 * 1000);
    await world.say(ADA, "cancel 1");
    const said = world.texts(personal(ADA)).at(-1) ?? "";
    expect(said).toContain("was never found out");
    expect(said).not.toMatch(/nothing was written/i);
    expect(JSON.stringify(world.card(personal(ADA)))).toContain("Outcome never known");
  });
});

describe("show", () => {
  it("posts the plan's card here and keeps this copy up to date, too", async () => {
    await world.say(ADA, "enable passkeys");
    await world.say(LINUS, "show #1");
    expect(buttons(world.card(personal(LINUS)))).toEqual(["Show all"]);
    await world.say(ADA, "cancel 1");
    expect(JSON.stringify(world.card(personal(LINUS)))).toContain("Cancelled by Ada Lovelace");
  });

  it("offers an approver in the own chat to decide, and a person who may only look to look", async () => {
    await world.say(ADA, "enable passkeys", GROUP);
    await world.say(GRACE, "show 1");
    await world.say(LINUS, "show 1");
    expect(buttons(world.card(personal(GRACE)))).toEqual(["Approve", "Reject", "Show all"]);
    expect(buttons(world.card(personal(LINUS)))).toEqual(["Show all"]);
  });

  it("says so when there is no such plan", async () => {
    await world.say(ADA, "show 77");
    expect(world.texts(personal(ADA))).toEqual([expect.stringContaining("no plan #77")]);
  });

  it("policy and pending answer with cards", async () => {
    await world.say(ADA, "show policy");
    expect(JSON.stringify(world.card(personal(ADA)))).toContain("Passkey policy");
    await world.say(ADA, "enable passkeys", GROUP);
    await world.say(ADA, "pending");
    expect(JSON.stringify(world.card(personal(ADA)))).toContain("1 plan pending");
  });
});
