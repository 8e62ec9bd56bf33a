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
  const people: typeof directory.people = (ids) => {
    lookUps += 1;
    return directory.people(ids);
  };
  look = watchEmergencyAccounts({ ...world.ports, directory: { ...directory, people } }, world.rules);
});

const attention = () => world.attention.sentences;
const uncertain = () =>
  world.noted.filter(({ event }) => event === "emergency-accounts-uncertain").map(({ problems }) => problems);

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
    "EMERGENCY_ACCOUNTS: one of its ids is neither a user nor a group of this tenant, or was deleted. Mend it: the log says which (emergency-accounts-uncertain). Until then every plan that could take a passkey from a person is refused.",
  ]);
  await look();
  expect(lookUps).toBe(2);
  // Once, for the operator: what is said on /readyz names no id.
  expect(uncertain()).toEqual([[{ id: "breakglass", why: "unknown" }]]);
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

it("takes back what is wrong with an account that another process named, when that one is gone", async () => {
  const rules = { ...world.rules };
  const shared = watchEmergencyAccounts(world.ports, rules);
  world.passkeys.set("breakglass", "gone");
  await shared();
  expect(attention()).toHaveLength(1);
  rules.emergencyAccounts = [];
  await shared();
  expect(attention()).toEqual([]);
});

it("looks up at once what another process names, although all was well a moment ago", async () => {
  const rules = { ...world.rules };
  const shared = watchEmergencyAccounts(world.ports, rules);
  await shared();
  expect(attention()).toEqual([]);
  rules.emergencyAccounts = [...rules.emergencyAccounts, "mistyped"];
  await shared();
  expect(attention()).toEqual([expect.stringContaining("neither a user nor a group")]);
});
