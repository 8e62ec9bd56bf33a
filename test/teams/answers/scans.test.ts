import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { FakeReports, model } from "../../core/report/fake-reports.js";
import { NEO, NFC } from "../cards/scan/sample-scans.js";
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

let world: TeamsWorld;
beforeEach(async () => {
  const reports = new FakeReports();
  reports.models = [model(NFC, "YubiKey 5 NFC"), model(NEO, "YubiKey NEO")];
  world = await TeamsWorld.start({}, { catalogue: reports.catalogue });
  world.tenant.passkeys.set("mary", [NFC as Aaguid]);
  world.tenant.passkeys.set("alan", [NFC as Aaguid, NEO as Aaguid]);
});
afterEach(() => world.stop());

const CARD = "application/vnd.microsoft.card.adaptive";
const MESSAGE = "application/vnd.microsoft.activity.message";
const read = (card: unknown): string => JSON.stringify(card ?? null);
const send = (activity: object) => world.channel.send(activity);
const until = async (ready: () => boolean) => {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Lets Graph answer nobody before it is told to. */
function holdGraph(): { letGo: () => void } {
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  world.tenant.onAsk = async () => {
    await held;
    return undefined;
  };
  return { letGo };
}

describe("scan", () => {
  it("is answered by its card, which ends with what was found", async () => {
    await world.say(ADA, "scan", GROUP);
    expect(world.channel.posts(GROUP.id)).toHaveLength(1);
    expect(world.texts(GROUP)).toEqual([]);
    expect(read(world.card(GROUP))).toContain("2 people with passkeys, of 2 models.");
    expect(findAction(world.card(GROUP), "Cancel")).toBeUndefined();
  });

  it("joins the scan that is running: each conversation has one card, and is told so when asked again", async () => {
    const { letGo } = holdGraph();
    await send(world.message(ADA, "scan", GROUP));
    await until(() => world.card(GROUP) !== undefined);
    await send(world.message(LINUS, "scan"));
    await until(() => world.card(personal(LINUS)) !== undefined);
    await send(world.message(LINUS, "scan", GROUP));
    await until(() => world.texts(GROUP).length > 0);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("A scan is running already.")]);
    letGo();
    await world.quiet();
    for (const place of [GROUP, personal(LINUS)]) {
      expect(world.channel.posts(place.id).filter(({ body }) => body.attachments)).toHaveLength(1);
      expect(read(world.card(place))).toContain("2 people with passkeys");
    }
  });

  it("of everybody is not taken for the scan of changes that is running", async () => {
    await world.tenant.scan({ full: true });
    const { letGo } = holdGraph();
    world.tenant.audited = [{ name: "mary", at: world.tenant.time }];
    await send(world.message(ADA, "scan", GROUP));
    await until(() => world.card(GROUP) !== undefined);
    await send(world.message(ADA, "scan all", GROUP));
    await until(() => world.texts(GROUP).length > 0);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("Say `scan all` again")]);
    letGo();
    await world.quiet();
  });

  it("under way is cancelled by who asked or an approver, and by nobody else", async () => {
    const { letGo } = holdGraph();
    await send(world.message(ADA, "scan", GROUP));
    await until(() => world.card(GROUP) !== undefined);
    const action = findAction(world.card(GROUP), "Cancel") ?? { verb: "", data: {} };
    const press = async (person: typeof ADA) => (await send(world.click(person, action, GROUP))).body;
    expect(await press(GUEST)).toMatchObject({ type: MESSAGE });
    expect(await press(LINUS)).toMatchObject({ type: MESSAGE });
    const pressed = await press(GRACE);
    expect(pressed).toMatchObject({ statusCode: 200, type: CARD });
    expect(read(pressed.value)).toContain("Cancelled by Grace Hopper");
    letGo();
    await world.quiet();
    expect(read(world.card(GROUP))).toContain("Cancelled by Grace Hopper");
    expect((await press(GRACE)).type).toBe(MESSAGE);
  });
});

describe("a change that waits for a scan", () => {
  it("is told so where the scan's card stands already, and the plan comes when that is done", async () => {
    const { letGo } = holdGraph();
    await send(world.message(ADA, "scan", GROUP));
    await until(() => world.card(GROUP) !== undefined);
    await send(world.message(ADA, "enable passkeys", GROUP));
    await until(() => world.texts(GROUP).length > 0);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("This waits for the scan that is running")]);
    letGo();
    await world.quiet();
    expect(world.tenant.store.plansByNumber.get(1)?.command).toBe("enable passkeys");
  });

  it("is answered by name when the scan is cancelled", async () => {
    const { letGo } = holdGraph();
    await send(world.message(ADA, "scan", GROUP));
    await until(() => world.card(GROUP) !== undefined);
    await send(world.message(ADA, "enable passkeys"));
    await until(() => world.tenant.store.deferred.waiting.length > 0);
    const action = findAction(world.card(GROUP), "Cancel") ?? { verb: "", data: {} };
    await send(world.click(ADA, action, GROUP));
    letGo();
    await world.quiet();
    expect(world.texts(personal(ADA))).toEqual([
      expect.stringMatching(/^Ada Lovelace, about `enable passkeys`: /),
    ]);
  });
});

describe("Scan now on a plan", () => {
  const scanNow = (data: object) =>
    send(world.click(LINUS, { verb: "scan", data: data as JsonObject }, GROUP));

  it("starts a scan, for anybody with access, and says what will happen", async () => {
    world.tenant.policy = legacyPolicy();
    world.tenant.passkeys.set("eve", "throttled");
    await world.say(ADA, "disable passkeys", GROUP);
    const { body } = await scanNow(world.planData(1));
    expect(body).toMatchObject({ statusCode: 200, type: MESSAGE });
    expect(body.value).toBe("Scanning; this card changes when it is done.");
    await world.quiet();
    expect(world.tenant.store.deferred.waiting).toEqual([]);
  });

  it("is refused for a plan that is not there", async () => {
    expect((await scanNow({ planId: 99, revision: 1 })).body.value).toContain("no plan #99");
  });
});

describe("before the first scan", () => {
  it.each(["what if we disable passkeys", "who uses yubikey 5 nfc", "who has no passkey"])(
    "%s is answered with a button for a scan, and one that asks again",
    async (question) => {
      await world.say(ADA, question, GROUP);
      const card = JSON.stringify(world.card(GROUP));
      expect(card).toContain("Nobody's passkeys have been read yet");
      expect(card).toContain('"say":"scan"');
      expect(card).toContain(`"say":"${question}"`);
    },
  );
});

describe("keys in use", () => {
  it("before the first scan starts one and says so, and shows the models afterwards", async () => {
    await world.say(ADA, "keys in use", GROUP);
    const posted = JSON.stringify(world.channel.posts(GROUP.id));
    expect(posted).toContain("so a scan has begun");
    expect(posted).toContain('"say":"keys in use"');
    await world.say(ADA, "keys in use", GROUP);
    expect(read(world.card(GROUP))).toContain("Passkeys in use");
    expect(read(world.card(GROUP))).toContain("YubiKey 5 NFC");
  });
});

describe("who uses", () => {
  beforeEach(async () => {
    await world.tenant.scan();
  });

  it("counts people where others read along, and names them to the one who presses", async () => {
    await world.say(ADA, "who uses yubikey 5 nfc", GROUP);
    expect(read(world.card(GROUP))).toContain("**2 people** with 2 passkeys");
    expect(read(world.card(GROUP))).not.toContain("mary");
    const before = world.channel.calls.length;
    const { body } = await world.press(LINUS, "Show names", GROUP);
    expect(body).toMatchObject({ statusCode: 200, type: CARD });
    expect(read(body.value)).toContain("alan · mary");
    expect(world.channel.calls).toHaveLength(before);
    expect((await world.press(GUEST, "Show names", GROUP)).body).toMatchObject({ type: MESSAGE });
  });

  it("names people in the own chat and in an approval room", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    for (const place of [personal(GRACE), CHANNEL]) {
      await world.say(GRACE, "who uses yubikey neo", place);
      expect(read(world.card(place))).toContain("alan");
    }
  });

  it("with words that name no model, or before a scan, says what to do", async () => {
    await world.say(ADA, "who uses abacus key");
    expect(world.texts(personal(ADA))).toHaveLength(1);
    expect(world.card(personal(ADA))).toBeUndefined();
  });

  it("of a scan that is no longer kept says so", async () => {
    const action = { verb: "whoUses", data: { scanId: "long-gone", model: NFC, page: 1 } };
    expect((await send(world.click(ADA, action, GROUP))).body.value).toContain("is no longer kept");
  });

  it("names nobody to an old client where others read along, but where one is alone", async () => {
    const latest = await world.ports.scans.latest(world.tenant.rules.tenantId);
    const value = { verb: "whoUses", scanId: latest?.scanId, model: NFC, page: 1 };
    const submit = (place: typeof GROUP) => send({ ...world.envelope(ADA, place), type: "message", value });
    await submit(GROUP);
    await submit(personal(ADA));
    await world.quiet();
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("cannot show names to you alone")]);
    expect(world.card(GROUP)).toBeUndefined();
    expect(read(world.card(personal(ADA)))).toContain("alan · mary");
  });
});

describe("what is", () => {
  it("shows what is known of the model, with its use when there was a scan", async () => {
    await world.say(ADA, "what is yubikey neo", GROUP);
    expect(read(world.card(GROUP))).toContain("no scan has been made yet");
    await world.tenant.scan();
    await world.say(ADA, `what is ${NEO}`, GROUP);
    expect(read(world.card(GROUP))).toContain("1 person with 1 passkey, by the scan of");
  });

  it("says so when nothing is known by these words", async () => {
    await world.say(ADA, "what is abacus key", GROUP);
    expect(world.texts(GROUP)).toHaveLength(1);
  });
});
