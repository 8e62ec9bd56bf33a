import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA, GRACE, GROUP, GUEST, LINUS, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  await world.say(ADA, "enable passkeys");
});
afterEach(() => world.stop());

const given = () => world.tenant.store.records.filter(({ event }) => event === "evidence-given");

describe("evidence", () => {
  it("is a card with a link in one's own chat, recorded with who asked and where", async () => {
    await world.say(LINUS, "evidence 1");
    expect(world.card(personal(LINUS)).actions).toEqual([
      { type: "Action.OpenUrl", title: "Download", url: "https://latchkey.example/evidence/secret-1" },
    ]);
    expect(given()).toMatchObject([
      { by: LINUS, conversation: personal(LINUS).id, planNumber: 1, revision: 1 },
    ]);
    expect(world.tenant.store.links).toMatchObject([
      { planNumber: 1, person: LINUS, validUntil: "2026-11-22T10:10:00.000Z" },
    ]);
  });

  it("asked for in a group goes to the asker's own chat; the group sees no link", async () => {
    await world.say(LINUS, "help");
    await world.say(LINUS, "evidence 1", GROUP);
    expect(world.card(GROUP)).toBeUndefined();
    expect(world.texts(GROUP)).toEqual([
      expect.stringContaining("in your own chat with Latchkey. Look there."),
    ]);
    expect(world.card(personal(LINUS)).actions).toMatchObject([{ title: "Download" }]);
    expect(given()).toMatchObject([{ by: LINUS, conversation: GROUP.id }]);
  });

  it("asked for in a group by somebody without a chat is not given, and not recorded as given", async () => {
    await world.say(LINUS, "evidence 1", GROUP);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("say `evidence 1` there")]);
    expect(given()).toEqual([]);
    expect(world.tenant.store.links).toEqual([]);
  });

  it("is refused without access, and for a plan that is not there", async () => {
    await world.say(GUEST, "evidence 1");
    expect(JSON.stringify(world.card(personal(GUEST)))).toContain("for the administrators");
    await world.say(GRACE, "evidence 7");
    expect(world.texts(personal(GRACE))).toEqual([expect.stringContaining("There is no plan #7")]);
    expect(given()).toEqual([]);
  });

  it("is not given when that cannot be recorded", async () => {
    world.tenant.store.auditBroken = true;
    await world.say(LINUS, "evidence 1");
    expect(world.card(personal(LINUS))).toBeUndefined();
    expect(world.texts(personal(LINUS))).toEqual([expect.stringContaining("cannot reach its own records")]);
  });
});

describe("history", () => {
  it("lists the last plans, as many as asked, with the end of the record", async () => {
    await world.say(ADA, "cancel 1");
    await world.say(ADA, "enable passkeys unrestricted");
    await world.say(LINUS, "history");
    const text = JSON.stringify(world.card(personal(LINUS)));
    expect(text).toMatch(/#2.*#1.*Cancelled.*cancelled by Ada Lovelace/);
    const head = world.tenant.store.records.at(-1);
    expect(text).toContain(`${head?.sequence}:${head?.hash}`);
    await world.say(LINUS, "history 1");
    expect(JSON.stringify(world.card(personal(LINUS)))).not.toContain("#1**");
  });
});
