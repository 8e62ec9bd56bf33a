import { beforeEach, describe, expect, it } from "vitest";
import { refuseAccess, refuseApprover } from "../../../src/core/access/standing.js";
import { Fault } from "../../../src/core/errors.js";
import { FakeWorld, GRACE, LINUS } from "../fake-world.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

const access = (rule?: readonly string[]) =>
  refuseAccess(world.ports, { ...world.rules, access: rule }, LINUS.id);
const hold = (templateId: string, name: string) => world.roles.set(LINUS.id, [{ templateId, name }]);

describe("who may talk to the bot", () => {
  it("is whoever holds a role that administers or reads, by its name", async () => {
    hold("99999999-0000-4000-8000-000000000000", "Exchange Administrator");
    expect(await access()).toBeUndefined();
    hold("99999999-0000-4000-8000-000000000000", "Guest Inviter");
    expect(await access()).toMatchObject({ code: "no-access", byRole: true });
  });

  it("is known by the role's id where Graph sends no name", async () => {
    const globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    hold(globalReader, globalReader);
    expect(await access()).toBeUndefined();
    const policyAdministrator = "0526716b-113d-4c15-b2c8-68e3c22b9f80";
    hold(policyAdministrator, policyAdministrator);
    expect(await access()).toBeUndefined();
    expect(await refuseApprover(world.ports, world.rules, LINUS.id)).toBeUndefined();
  });

  it("is whom the installation names instead, alone or by group; an empty list is nobody", async () => {
    expect(await access([LINUS.id])).toBeUndefined();
    world.addGroup("it-people", "IT", LINUS.id);
    expect(await access(["it-people"])).toBeUndefined();
    expect(await access([GRACE.id])).toMatchObject({ code: "no-access", byRole: false });
    expect(await access([])).toMatchObject({ code: "no-access" });
  });

  it("is not decided when the directory cannot be read", async () => {
    const unreachable = {
      directory: {
        ...world.ports.directory,
        activeRoles: () => Promise.reject(new Fault("graph-unreachable", "x")),
      },
    };
    await expect(refuseAccess(unreachable, world.rules, LINUS.id)).rejects.toThrow(Fault);
  });
});
