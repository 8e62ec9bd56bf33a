import { beforeEach, describe, expect, it } from "vitest";
import { whyNoAccess, whyNotApprover } from "../../../src/core/access/standing.js";
import { Fault } from "../../../src/core/errors.js";
import { FakeWorld, GRACE, LINUS } from "../fake-world.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

const AUTHENTICATION_POLICY_ADMINISTRATOR = "0526716b-113d-4c15-b2c8-68e3c22b9f80";
const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
const UNKNOWN_ROLE = "99999999-0000-4000-8000-000000000000";
const READERS = [
  ["Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"],
  ["Security Reader", "5d6b6bb7-de71-4623-b4af-96380a352509"],
  ["Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf"],
] as const;
const NO_ACCESS_BY_ROLE = { kind: "refusal", code: "no-access", byRole: true };
const NO_ACCESS_BY_LIST = { kind: "refusal", code: "no-access", byRole: false };

const access = (rule?: readonly string[]) =>
  whyNoAccess(world.ports, { ...world.rules, access: rule }, LINUS.id);
const approver = (rule?: readonly string[]) =>
  whyNotApprover(world.ports, { ...world.rules, approvers: rule }, LINUS.id);
const hold = (...roles: { templateId: string; name: string }[]) => world.roles.set(LINUS.id, roles);
const named = (name: string) => ({ templateId: UNKNOWN_ROLE, name });
/** As Graph sends a role whose name is missing. */
const nameless = (templateId: string) => ({ templateId, name: templateId });

describe("who may talk to the bot", () => {
  it.each(["Exchange Administrator", "Message Center Reader", " exchange administrator "])(
    "is whoever holds a role that administers or reads, by its name: %s",
    async (name) => {
      hold(named("Guest Inviter"), named(name));
      expect(await access()).toBeUndefined();
    },
  );

  it.each(["Guest Inviter", "Administrator Assistant", "Proofreader", ""])(
    "is not whoever holds only another role: %s",
    async (name) => {
      hold(named(name));
      expect(await access()).toEqual(NO_ACCESS_BY_ROLE);
    },
  );

  it.each([
    ...READERS,
    ["Authentication Policy Administrator", AUTHENTICATION_POLICY_ADMINISTRATOR] as const,
    ["Global Administrator", GLOBAL_ADMINISTRATOR] as const,
  ])("is known by the role's id where Graph sends no name: %s", async (_, id) => {
    hold(nameless(UNKNOWN_ROLE), nameless(id));
    expect(await access()).toBeUndefined();
  });

  it("is nobody without a role", async () => {
    hold();
    expect(await access()).toEqual(NO_ACCESS_BY_ROLE);
  });

  it("is whom the installation names instead, alone or by group; an empty list is nobody", async () => {
    expect(await access([GRACE.id, LINUS.id])).toBeUndefined();
    world.addGroup("it-people", "IT", LINUS.id);
    expect(await access(["other-people", "it-people"])).toBeUndefined();
    expect(await access([GRACE.id])).toEqual(NO_ACCESS_BY_LIST);
    expect(await access([])).toEqual(NO_ACCESS_BY_LIST);
  });

  it("is not decided when the directory cannot be read", async () => {
    const unreachable = {
      directory: {
        ...world.ports.directory,
        activeRoles: () => Promise.reject(new Fault("graph-unreachable", "x")),
      },
    };
    await expect(whyNoAccess(unreachable, world.rules, LINUS.id)).rejects.toThrow(Fault);
  });
});

describe("who may approve", () => {
  it.each([
    ["Authentication Policy Administrator", AUTHENTICATION_POLICY_ADMINISTRATOR],
    ["Global Administrator", GLOBAL_ADMINISTRATOR],
  ])("is whoever may change the policy by a role that is active: %s", async (_, id) => {
    hold(nameless(UNKNOWN_ROLE), nameless(id));
    expect(await approver()).toBeUndefined();
  });

  it("is not decided by the name of a role, nor by one that only reads", async () => {
    hold(named("Global Administrator"), ...READERS.map(([, id]) => nameless(id)));
    expect(await approver()).toEqual({
      kind: "refusal",
      code: "not-an-approver",
      required: { by: "roles" },
    });
  });

  it("is whom the installation names instead, whatever their roles; an empty list is nobody", async () => {
    const refused = { kind: "refusal", code: "not-an-approver", required: { by: "ids" } };
    expect(await approver([LINUS.id])).toBeUndefined();
    world.addGroup("changers", "Changers", LINUS.id);
    expect(await approver(["changers"])).toBeUndefined();
    hold(nameless(GLOBAL_ADMINISTRATOR));
    expect(await approver([GRACE.id])).toEqual(refused);
    expect(await approver([])).toEqual(refused);
  });

  it("is nobody by an empty list, also while the directory cannot be read", async () => {
    world.ports.directory.groupsOf = () => Promise.reject(new Fault("graph-unreachable", "x"));
    expect(await approver([])).toEqual({
      kind: "refusal",
      code: "not-an-approver",
      required: { by: "ids" },
    });
    await expect(approver([GRACE.id])).rejects.toThrow(Fault);
  });
});
