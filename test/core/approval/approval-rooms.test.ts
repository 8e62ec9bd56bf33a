import { beforeEach, describe, expect, it } from "vitest";
import { endApprovalRoom, setApprovalRoom } from "../../../src/core/approval/approval-rooms.js";
import type { AuditEntry } from "../../../src/core/audit/record.js";
import { conversationId, type Person } from "../../../src/core/person.js";
import type { Ports } from "../../../src/core/ports.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";

const THREAD = conversationId("room;messageid=1");
const OTHER = conversationId("other");

let world: FakeWorld;
let rooms: Set<string>;
let records: AuditEntry[];
let ports: Ports;
beforeEach(() => {
  world = new FakeWorld();
  rooms = new Set();
  records = [];
  const conversations: Ports["conversations"] = {
    ...world.ports.conversations,
    approvalRooms: async (tenantId) =>
      [...rooms].map((id) => ({
        id: conversationId(id),
        tenantId,
        kind: "group",
        reference: {},
        approvalRoom: true,
      })),
    setApprovalRoom: async (id, record) => {
      rooms.add(id);
      records.push(record);
    },
    endApprovalRoom: async (id, record) => {
      const was = rooms.delete(id);
      if (was) records.push(record);
      return was;
    },
  };
  ports = { ...world.ports, conversations };
});

const set = (person: Person, id = ROOM) =>
  setApprovalRoom(ports, world.rules, person, {
    id,
    tenantId: world.rules.tenantId,
    kind: "group",
    reference: {},
  });
const end = (person: Person, ...ids: (typeof ROOM)[]) =>
  endApprovalRoom(ports, world.rules, person, { ids, kind: "group" });

describe("an approval room", () => {
  it("is set and ended by who may approve, each with who, where and when", async () => {
    expect(await set(GRACE)).toEqual({ kind: "set" });
    world.advance(60_000);
    expect(await end(GRACE, ROOM)).toEqual({ kind: "ended", roomsLeft: 0 });
    const tenantId = world.rules.tenantId;
    const common = { tenantId, by: GRACE, conversation: ROOM, detail: { kind: "group" } };
    expect(records).toEqual([
      { ...common, event: "approval-room-set", at: "2026-11-22T10:00:00.000Z" },
      { ...common, event: "approval-room-ended", at: "2026-11-22T10:01:00.000Z" },
    ]);
  });

  it("is neither set nor ended by others", async () => {
    expect(await set(ADA)).toMatchObject({ code: "not-an-approver" });
    expect(rooms.size).toBe(0);
    await set(GRACE);
    expect(await end(ADA, ROOM)).toMatchObject({ code: "not-an-approver" });
    expect([...rooms]).toEqual([ROOM]);
    expect(records).toHaveLength(1);
  });

  it("that is none is not ended, and nothing is recorded", async () => {
    await set(GRACE, OTHER);
    expect(await end(GRACE, ROOM)).toEqual({ kind: "was-none", roomsLeft: 1 });
    expect(records.map(({ event }) => event)).toEqual(["approval-room-set"]);
  });

  it("is ended by whichever id it was set", async () => {
    await set(GRACE, THREAD);
    await set(GRACE, OTHER);
    expect(await end(GRACE, ROOM, THREAD, THREAD)).toEqual({ kind: "ended", roomsLeft: 1 });
    expect([...rooms]).toEqual([OTHER]);
  });
});
