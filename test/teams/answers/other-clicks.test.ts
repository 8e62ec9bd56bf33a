import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA, findAction, GRACE, GROUP, GUEST, LINUS, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const CARD = "application/vnd.microsoft.card.adaptive";
const MESSAGE = "application/vnd.microsoft.activity.message";

const ask = () => world.say(ADA, "enable passkeys", GROUP);

describe("Reject", () => {
  beforeEach(ask);

  it("closes the plan with the reason, for everybody to read", async () => {
    await world.press(GRACE, "Reject", GROUP, { inputs: { reason: "Only *Pilot* first" } });
    expect(JSON.stringify(world.card(GROUP))).toContain("Reason: Only \\\\*Pilot\\\\* first");
  });

  it("works without a reason, too", async () => {
    const { body } = await world.press(GRACE, "Reject", GROUP);
    expect(JSON.stringify(body.value)).toContain("Rejected by Grace Hopper");
    expect(JSON.stringify(body.value)).not.toContain("Reason:");
  });

  it("needs an approver, and no sign-in", async () => {
    expect((await world.press(LINUS, "Reject", GROUP)).body).toMatchObject({ type: MESSAGE });
    expect(world.tenant.store.plansByNumber.get(1)?.state.kind).toBe("waiting");
  });
});

describe("Cancel", () => {
  it("in the own chat takes the plan back", async () => {
    await world.say(ADA, "enable passkeys");
    const { body } = await world.press(ADA, "Cancel", personal(ADA));
    expect(JSON.stringify(body.value)).toContain("Cancelled by Ada Lovelace");
  });
});

describe("Show all", () => {
  it("answers the person who pressed, and changes the card for nobody", async () => {
    await ask();
    const before = world.channel.calls.length;
    const { body } = await world.press(LINUS, "Show all", GROUP);
    expect(body).toMatchObject({ statusCode: 200, type: CARD });
    expect(JSON.stringify(body.value)).toContain("90a3ccdf-635c-4729-a248-9b709135078f");
    expect(findAction(body.value, "Show less")).toBeDefined();
    expect(world.channel.calls).toHaveLength(before);
  });

  it("needs access", async () => {
    await ask();
    expect((await world.press(GUEST, "Show all", GROUP)).body).toMatchObject({ type: MESSAGE });
  });
});

describe("any other invoke", () => {
  it.each([
    [
      "a button of somebody else's",
      "adaptiveCard/action",
      { action: { verb: "buy", data: { planId: 1, revision: 1 } } },
    ],
    ["nonsense", "adaptiveCard/action", { action: "approve" }],
    ["no value", "adaptiveCard/action", undefined],
  ])("gets a polite no: %s", async (_, name, value) => {
    const { status, body } = await world.channel.send({
      ...world.envelope(GRACE, GROUP),
      type: "invoke",
      name,
      value,
    });
    expect({ status, type: body.type }).toEqual({ status: 200, type: MESSAGE });
  });

  it("is HTTP 200 even when it is none of ours", async () => {
    const invoke = {
      ...world.envelope(GRACE, GROUP),
      type: "invoke",
      name: "signin/verifyState",
      value: { state: "1" },
    };
    expect((await world.channel.send(invoke)).status).toBe(200);
  });

  it("without a person in Entra gets a polite no", async () => {
    const invoke = {
      ...world.envelope(GRACE, GROUP),
      from: { id: "29:x" },
      type: "invoke",
      name: "adaptiveCard/action",
    };
    expect((await world.channel.send(invoke)).body).toMatchObject({ type: MESSAGE });
  });
});
