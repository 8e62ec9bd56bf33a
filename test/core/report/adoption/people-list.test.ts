import { beforeEach, describe, expect, it } from "vitest";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { givePeopleList, peopleListFile } from "../../../../src/core/report/adoption/people-list.js";
import { ADA, FakeWorld, LINUS, ROOM } from "../../fake-world.js";
import { legacyPolicy } from "../../policy/sample-policies.js";

const FINANCE = "1a2b3c4d-0000-4000-8000-000000000002";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;

let world: FakeWorld;
beforeEach(async () => {
  world = new FakeWorld();
  world.policy = legacyPolicy();
  world.addGroup(FINANCE, "Finance", "zoe", "=cmd");
  for (const name of ["alan", "=cmd", "tony"]) world.passkeys.set(name, []);
  world.passkeys.set("zoe", [NFC]);
  world.admins.add("tony");
  await world.scan();
  world.store.records.length = 0;
});

async function given(typed?: string): Promise<string> {
  const asked = { person: ADA, conversation: ROOM, ...(typed === undefined ? {} : { typed }) };
  const link = await givePeopleList(world.ports, world.rules, asked);
  if (link.kind !== "people-list-given") throw new Error(JSON.stringify(link));
  return link.secret;
}
const open = (secret: string) => peopleListFile(world.ports, world.rules, secret);

describe("the people without a passkey as a file", () => {
  it("has administrators first, each with name, sign-in name and id, and no cell that is a formula", async () => {
    expect(await open(await given())).toEqual({
      name: "without-passkey-2026-11-22.csv",
      csv: [
        '\ufeff"Name","Sign-in name","Object id","Administrator"',
        '"tony","tony@example.com","tony","yes"',
        `"'=cmd","'=cmd@example.com","'=cmd","no"`,
        '"alan","alan@example.com","alan","no"',
        "",
      ].join("\r\n"),
    });
  });

  it("is of a group where one was named, and without guests", async () => {
    const secret = await given("Finance");
    expect((await open(secret))?.csv).toContain("=cmd");
    expect((await open(secret))?.csv).not.toContain("alan");
    world.guests.add("=cmd");
    expect((await open(secret))?.csv).not.toContain("=cmd");
  });

  it("is given on record, without a name of those in it", async () => {
    await given("Finance");
    expect(world.store.records).toMatchObject([
      {
        event: "people-list-given",
        by: ADA,
        conversation: ROOM,
        detail: { group: { id: FINANCE }, validUntil: "2026-11-22T10:10:00.000Z" },
      },
    ]);
    world.store.auditBroken = true;
    await expect(given()).rejects.toThrow();
  });

  it("opens for ten minutes, with its secret alone, for this tenant, while the person may look", async () => {
    const secret = await given();
    expect(await open("another")).toBeUndefined();
    world.roles.set(ADA.id, []);
    expect(await open(secret)).toBeUndefined();
    world.roles.set(ADA.id, world.roles.get(LINUS.id) ?? []);
    expect(await open(secret)).toBeDefined();
    const elsewhere = { ...world.rules, tenantId: "another" as typeof world.rules.tenantId };
    expect(await peopleListFile(world.ports, elsewhere, secret)).toBeUndefined();
    world.advance(10 * 60_000);
    expect(await open(secret)).toBeUndefined();
  });

  it("is called incomplete where not every account could be read in time", async () => {
    world.ports.passkeys.enabledAccounts = async () => {
      world.advance(91_000);
      return { people: [], next: "more" };
    };
    expect((await open(await given()))?.name).toBe("without-passkey-2026-11-22-incomplete.csv");
  });

  it("names nobody in the log", async () => {
    await open(await given());
    const [line] = world.noted.filter(({ event }) => event === "people-list-opened");
    expect(line).toEqual({ event: "people-list-opened", person: ADA.id, people: 3, complete: true });
  });
});
