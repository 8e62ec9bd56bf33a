import { describe, expect, test } from "vitest";
import { bigTenant, readableKeyholders } from "../../../simulators/tenant/big-tenant.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";

describe("a big tenant", () => {
  const tenant = bigTenant({ people: 10_000, withPasskeys: 0.2, seed: 7 });
  const users = [...tenant.users.values()];
  const keyholders = readableKeyholders(tenant);
  const owners = new Map<string, number>();
  for (const user of keyholders) {
    for (const aaguid of new Set(user.passkeys.map((passkey) => passkey.aaGuid.toLowerCase()))) {
      owners.set(aaguid, (owners.get(aaguid) ?? 0) + 1);
    }
  }

  test("has as many accounts as asked for, the named people among them", () => {
    expect(users).toHaveLength(10_000);
    expect(tenant.users.has(SAMPLE_PEOPLE.grace.id)).toBe(true);
    expect(new Set(users.map((user) => user.userPrincipalName)).size).toBe(10_000);
  });

  test("has passkeys with the part of them that was asked for", () => {
    const all = users.filter((user) => user.passkeys.length > 0).length;
    expect(all).toBeGreaterThan(1_850);
    expect(all).toBeLessThan(2_150);
    expect(keyholders.length).toBeLessThan(all);
    const none = bigTenant({ people: 500, withPasskeys: 0 });
    expect([...none.users.values()].slice(9).every((user) => user.passkeys.length === 0)).toBe(true);
  });

  test("has some forty models, several of them with one person or two", () => {
    expect(owners.size).toBeGreaterThanOrEqual(40);
    expect([...owners.values()].filter((count) => count === 1).length).toBeGreaterThanOrEqual(5);
    expect([...owners.values()].filter((count) => count === 2).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...owners.values())).toBeGreaterThan(200);
  });

  test("has people with two passkeys and a few with more than fit on a page; guests have none", () => {
    const counts = keyholders.map((user) => user.passkeys.length);
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(200);
    expect(counts.filter((count) => count === 7).length).toBeGreaterThan(1);
    const guests = users.filter((user) => user.userType === "guest");
    expect(guests.length).toBeGreaterThan(300);
    expect(guests.every((user) => user.passkeys.length === 0)).toBe(true);
  });

  test("is the same for the same seed, and another for another", () => {
    expect(bigTenant({ people: 300, seed: 7 })).toEqual(bigTenant({ people: 300, seed: 7 }));
    expect(bigTenant({ people: 300, seed: 8 })).not.toEqual(bigTenant({ people: 300, seed: 7 }));
  });

  test("may have a hundred thousand people", () => {
    expect(bigTenant({ people: 100_000 }).users.size).toBe(100_000);
  });
});
