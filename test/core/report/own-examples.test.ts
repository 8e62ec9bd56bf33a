import { describe, expect, it } from "vitest";
import { helpLines } from "../../../src/core/command/help.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import { Fault } from "../../../src/core/errors.js";
import { groupId } from "../../../src/core/person.js";
import { ownExample, readOwnNames } from "../../../src/core/report/own-examples.js";
import { ADA, FakeWorld, GRACE } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

const SALES = "1a2b3c4d-0000-4000-8000-000000000001";
const OWN = {
  group: "Sales, EMEA",
  excluded: "Interns",
  profile: "Staff in the lab",
  model: "Key with NFC",
  planNumber: 77,
  driftNumber: 8,
  person: "Ada Lovelace",
};

describe("an example", () => {
  it.each([
    ["enable passkeys for group Pilot", 'enable passkeys for group "Sales, EMEA"'],
    ["remove group Helpdesk", 'remove group "Sales, EMEA"'],
    ["add group Helpdesk", "add group Helpdesk"],
    ["include group Contractors again", "include group Interns again"],
    ["enable passkeys in profile Default", 'enable passkeys in profile "Staff in the lab"'],
    ["who uses YubiKey 5 NFC", 'who uses "Key with NFC"'],
    ["put back drift 3", "put back drift 8"],
    ["evidence 12", "evidence 77"],
    ["show Emmy Noether", "show Ada Lovelace"],
  ])("names what the tenant has: %j", (usage, own) => {
    expect(ownExample(usage, OWN)).toBe(own);
    expect(ownExample(usage, {})).toBe(usage);
  });

  it("is understood as the one it was made of", () => {
    for (const { usage } of helpLines()) {
      const [plain, own] = [usage, ownExample(usage, OWN)].map((said) => parseCommand(said));
      expect(own).toMatchObject({
        kind: "command",
        command: { kind: plain?.kind === "command" && plain.command.kind },
      });
    }
  });
});

describe("the tenant's own names", () => {
  it("are read, with what the person may do", async () => {
    const world = new FakeWorld();
    world.groups.set(groupId(SALES), { name: "Sales", kind: "security", securityEnabled: true, members: [] });
    const target = {
      targetType: "group",
      id: SALES,
      isRegistrationRequired: false,
      allowedPasskeyProfiles: [],
    };
    world.policy = legacyPolicy({ includeTargets: [target] });
    expect(await readOwnNames(world.ports, world.rules, ADA)).toEqual({
      mayApprove: false,
      names: { group: "Sales", person: "Ada" },
    });
    expect(await readOwnNames(world.ports, world.rules, GRACE)).toMatchObject({ mayApprove: true });
  });

  it("are left out where they cannot be read", async () => {
    const world = new FakeWorld();
    world.readFault = new Fault("graph-unavailable", "503");
    const activeRoles = () => Promise.reject(new Fault("graph-denied", "403"));
    const ports = { ...world.ports, directory: { ...world.ports.directory, activeRoles } };
    expect(await readOwnNames(ports, world.rules, ADA)).toEqual({
      mayApprove: false,
      names: { person: "Ada" },
    });
  });
});

describe("help is asked for", () => {
  it.each([
    ["help", undefined],
    ["help me", undefined],
    ["help models", "models"],
    ["help with approvals", "plans"],
    ["help all", "all"],
  ])("%j", (text, topic) => {
    expect(parseCommand(text)).toEqual({
      kind: "command",
      command: { kind: "help", ...(topic === undefined ? {} : { topic }) },
    });
  });

  it.each(["help Grace with plan 4", "help constructor"])("not by %j", (text) => {
    expect(parseCommand(text)).not.toMatchObject({ command: { kind: "help" } });
  });
});
