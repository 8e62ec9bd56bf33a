import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { withoutPasskey } from "../../../../src/core/report/standing/without-passkey.js";
import { FakeWorld } from "../../fake-world.js";
import { legacyPolicy } from "../../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.addGroup(PILOT, "Pilot", "alan", "barbara", "tony", "ida");
  world.passkeys.set("alan", []);
  world.passkeys.set("barbara", [NFC]);
  world.passkeys.set("tony", []);
  world.passkeys.set("zoe", []);
  world.policy = legacyPolicy({
    includeTargets: [{ targetType: "group", id: PILOT, isRegistrationRequired: false }],
  });
});

const names = async () => {
  const report = await withoutPasskey(world.ports, world.rules);
  return report.kind === "no-scan" ? report.kind : report.people.map(({ name }) => name);
};

describe("who has no passkey", () => {
  it("is everybody passkeys are for who registered none, by name", async () => {
    await world.scan();
    expect(await names()).toEqual(["alan", "tony"]);
  });

  it("is not a person whose passkeys could not be read", async () => {
    world.passkeys.set("ida", "throttled");
    await world.scan();
    expect(await names()).toEqual(["alan", "tony"]);
  });

  it("has administrators first, as the registration report calls them", async () => {
    world.admins.add("tony");
    await world.scan();
    expect(await names()).toEqual(["tony", "alan"]);
    expect(await withoutPasskey(world.ports, world.rules)).toMatchObject({ admins: "known" });
  });

  it("has the others without that report, and says that administrators are not known", async () => {
    world.admins.add("tony");
    await world.scan();
    world.premium = false;
    expect(await names()).toEqual(["alan", "tony"]);
    expect(await withoutPasskey(world.ports, world.rules)).toMatchObject({ admins: "unknown" });
    expect(world.noted.at(-1)).toEqual({ event: "administrators-not-listed", code: "graph-no-licence" });
  });

  it("has every administrator, also where there are more accounts than are looked at", async () => {
    world.admins.add("tony").add("zoe").add("barbara");
    await world.scan();
    world.ports.passkeys.enabledAccounts = async () => ({ people: [], next: "more" });
    expect(await names()).toEqual(["tony"]);
  });

  it("waits out a short wait that Graph asks for, and says so, but no long one", async () => {
    await world.scan();
    const { enabledAccounts } = world.ports.passkeys;
    const waits: number[] = [];
    world.ports.graphWaits.watch((seconds) => waits.push(seconds));
    const busyOnce = (retryAfterSeconds: number) => {
      world.ports.passkeys.enabledAccounts = async () => {
        world.ports.passkeys.enabledAccounts = enabledAccounts;
        throw new Fault("graph-throttled", "busy", { retryAfterSeconds });
      };
    };
    busyOnce(10);
    const before = world.time;
    expect(await names()).toEqual(["alan", "tony"]);
    expect([waits, world.time - before]).toEqual([[10], 10_000]);
    busyOnce(11);
    await expect(names()).rejects.toMatchObject({ retryAfterSeconds: 11 });
    expect(waits).toHaveLength(1);
  });

  it("says when there are more accounts than were looked at", async () => {
    await world.scan();
    world.pageSize = 1;
    const { enabledAccounts } = world.ports.passkeys;
    let pages = 0;
    world.ports.passkeys.enabledAccounts = async () => {
      pages += 1;
      return { people: [], next: "more" };
    };
    expect(await withoutPasskey(world.ports, world.rules)).toMatchObject({ isComplete: false });
    expect(pages).toBe(20);
    world.ports.passkeys.enabledAccounts = enabledAccounts;
    expect(await withoutPasskey(world.ports, world.rules)).toMatchObject({ isComplete: true });
  });

  it("is not known before the first scan", async () => {
    expect(await names()).toBe("no-scan");
  });
});
