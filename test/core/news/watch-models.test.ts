import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { putOffNotice } from "../../../src/core/news/put-off-notice.js";
import { watchModels } from "../../../src/core/news/watch-models.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";

const NFC = "aa000000-0000-4000-8000-000000000000" as Aaguid;
const NANO = "bb000000-0000-4000-8000-000000000000" as Aaguid;

let world: FakeWorld;
let watch: () => Promise<void>;
beforeEach(async () => {
  world = new FakeWorld();
  world.passkeys.set("p1", [NFC]);
  watch = watchModels(world.ports, world.rules);
  await world.scan();
  await watch();
});

async function register(person: string, aaguid: Aaguid): Promise<void> {
  world.passkeys.set(person, [aaguid]);
  await world.scan();
}

const told = () => world.notices.map(({ about, models }) => [about, models.map(({ model }) => model.aaguid)]);

describe("news of models", () => {
  it("are told after the scan that brought them, once, also by another process", async () => {
    await register("p2", NANO);
    await watch();
    await watch();
    await watchModels(world.ports, world.rules)();
    expect(told()).toEqual([["new", [NANO]]]);
    expect(await world.store.modelNotices.open(world.rules.tenantId, 9)).toEqual(world.notices);
  });

  it("are looked for when there is other metadata, though there is no other scan", async () => {
    world.models.set(NFC, { warnings: [{ status: "REVOKED" }] });
    world.metadataNumber = 7;
    await watch();
    expect(told()).toEqual([["status", [NFC]]]);
  });

  it("are told by one of two processes that look at the same time", async () => {
    await register("p2", NANO);
    const { modelNotices } = world.store;
    let other: Promise<void> | undefined;
    modelNotices.onLearn = () => {
      modelNotices.onLearn = () => {};
      modelNotices.known.set(`seen:${NANO}`, "");
      other = Promise.resolve();
    };
    await watch();
    await other;
    expect(told()).toEqual([]);
  });

  it("wait for a policy that can be read, and for the duty", async () => {
    await register("p2", NANO);
    world.readFault = new Fault("graph-unavailable", "not now");
    await expect(watch()).rejects.toMatchObject({ code: "graph-unavailable" });
    expect(told()).toEqual([]);
    world.readFault = undefined;
    const elsewhere = { ...world.ports, replicas: { ...world.ports.replicas, claim: async () => false } };
    await watchModels(elsewhere, world.rules)();
    expect(told()).toEqual([]);
    await watch();
    expect(told()).toEqual([["new", [NANO]]]);
  });
});

describe("a notice of models", () => {
  const noticeId = () => world.notices[0]?.id ?? "none";
  const putOff = (person = GRACE, reason = "Ordered by procurement", id = noticeId()) =>
    putOffNotice(world.ports, world.rules, { noticeId: id, person, conversation: ROOM }, reason);
  beforeEach(async () => {
    await register("p2", NANO);
    await watch();
  });

  it("is put off by an approver, with the reason, on record", async () => {
    const result = await putOff();
    expect(result).toMatchObject({
      kind: "put-off",
      notice: { version: 2, state: { kind: "put-off", by: GRACE, reason: "Ordered by procurement" } },
    });
    expect(world.store.records.at(-1)).toMatchObject({
      event: "models-put-off",
      by: GRACE,
      conversation: ROOM,
      detail: { about: "new", models: [NANO], reason: "Ordered by procurement" },
    });
    expect(world.notices.at(-1)?.state.kind).toBe("put-off");
  });

  it("is put off once: who comes second sees who was first, and nothing more is recorded", async () => {
    await putOff();
    const records = world.store.records.length;
    expect(await putOff(GRACE, "again")).toMatchObject({
      notice: { version: 2, state: { reason: "Ordered by procurement" } },
    });
    expect(world.store.records).toHaveLength(records);
  });

  it("is put off with a reason only, and by an approver only; one that is not there is said to be unknown", async () => {
    expect(await putOff(GRACE, "  ")).toMatchObject({ code: "notice-reason-missing" });
    expect(await putOff(ADA)).toMatchObject({ kind: "refusal", code: "not-an-approver" });
    expect(await putOff(GRACE, "why", "none")).toMatchObject({ code: "unknown-notice" });
    expect(world.store.modelNotices.notices.get(noticeId())?.state).toEqual({ kind: "open" });
  });
});
