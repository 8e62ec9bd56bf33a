import { beforeEach, expect, it } from "vitest";
import { watchEmergencyAccounts } from "../../../src/core/duties/watch-emergency-accounts.js";
import { Fault } from "../../../src/core/errors.js";
import { FakeWorld } from "../fake-world.js";

const DAY_MS = 24 * 60 * 60_000;
let world: FakeWorld;
let look: () => Promise<void>;
let lookUps: number;
beforeEach(() => {
  world = new FakeWorld();
  world.rules = { ...world.rules, emergencyAccounts: ["breakglass"] };
  world.passkeys.set("breakglass", []);
  lookUps = 0;
  const { directory } = world.ports;
  const person: typeof directory.person = (id) => {
    lookUps += 1;
    return directory.person(id);
  };
  look = watchEmergencyAccounts({ ...world.ports, directory: { ...directory, person } }, world.rules);
});

const attention = () => world.attention.sentences;

it("looks at once and then once a day while all is well", async () => {
  await look();
  world.advance(DAY_MS - 1);
  await look();
  expect(lookUps).toBe(1);
  world.advance(1);
  await look();
  expect(lookUps).toBe(2);
  expect(attention()).toEqual([]);
});

it("says what is wrong, looks each time until it is mended, and then takes it back", async () => {
  world.passkeys.set("breakglass", "gone");
  await look();
  expect(attention()).toEqual([
    "EMERGENCY_ACCOUNTS: breakglass is neither a user nor a group of this tenant, or was deleted. Mend it. Until then every plan that could take a passkey from a person is refused.",
  ]);
  await look();
  expect(lookUps).toBe(2);
  world.passkeys.set("breakglass", []);
  await look();
  expect(attention()).toEqual([]);
});

it("tells that Graph did not say from what is not there, and keeps what was known", async () => {
  world.directoryFault = new Fault("graph-unavailable", "503");
  await look();
  const [first, ...more] = attention();
  expect(first).toMatch(/could not be looked up \(graph-unavailable\)/);
  expect(more).toEqual([]);
  world.directoryFault = undefined;
  world.passkeys.set("breakglass", "gone");
  await look();
  world.directoryFault = new Fault("graph-unavailable", "503");
  await look();
  expect(attention()).toEqual([
    expect.stringMatching(/neither a user nor a group/),
    expect.stringMatching(/could not be looked up/),
  ]);
});

it("asks for nothing where no account is named", async () => {
  const none = watchEmergencyAccounts(world.ports, { emergencyAccounts: [] });
  world.directoryFault = new Fault("graph-unavailable", "503");
  await none();
  expect(attention()).toEqual([]);
});
