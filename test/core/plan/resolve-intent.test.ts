import { describe, expect, it } from "vitest";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import { type GroupId, groupId, tenantId } from "../../../src/core/person.js";
import { resolveIntent } from "../../../src/core/plan/resolve-intent.js";
import type { Group } from "../../../src/core/policy/group.js";
import {
  type Model,
  type ModelMatch,
  type SeenModel,
  UNKNOWN_MODEL,
} from "../../../src/core/policy/model.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { FakeMetrics } from "../fake-metrics.js";
import { FakeStore } from "../fake-store.js";
import { legacyPolicy, YUBIKEY_5_NFC, YUBIKEY_5C, ZERO } from "../policy/sample-policies.js";

const guid = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-111111111111` as Aaguid;
const model = (aaguid: string, name: string): Model => ({
  aaguid: aaguid as Aaguid,
  name,
  kind: "security-key",
  warnings: [],
  source: "fido",
});
const NFC = model(YUBIKEY_5_NFC, "YubiKey 5 NFC");
const USB_C = model(YUBIKEY_5C, "YubiKey 5C");
const BAND = model(guid("a"), "Nymi Band");
const BOTH = model(guid("b"), "Ring and Card");
const TWINS = [model(guid("c"), "Titan"), model(guid("d"), "Titan")];
const SERIES = Array.from({ length: 10 }, (_, at) => model(guid(String(at)), `Solo ${at}`));
const MODELS = [NFC, USB_C, BAND, BOTH, ...TWINS, ...SERIES];

/** Finds names, and as close whatever begins with the same four letters. */
function search(words: string, seen: readonly SeenModel[] = []): readonly ModelMatch[] {
  const named = seen.flatMap(({ aaguid, hint }) => (hint === undefined ? [] : [model(aaguid, hint)]));
  const all = [...MODELS, ...named];
  const same = all.filter(({ name }) => name.toLowerCase() === words.toLowerCase());
  const near = all.filter(({ name }) => name.toLowerCase().startsWith(words.slice(0, 4).toLowerCase()));
  const close = near.filter((each) => !same.includes(each));
  const family = words === "Solos" ? SERIES.slice(0, 2) : [];
  return [
    ...family.map((each) => ({ model: each, match: "same" as const, family: true as const })),
    ...same.map((each) => ({ model: each, match: "same" as const })),
    ...close.map((each) => ({ model: each, match: "close" as const })),
  ];
}

const GROUPS: readonly Group[] = [
  {
    id: groupId("11111111-2222-4222-8222-222222222222"),
    name: "Pilot",
    kind: "security",
    securityEnabled: true,
  },
  {
    id: groupId("22222222-2222-4222-8222-222222222222"),
    name: "Sales",
    kind: "security",
    securityEnabled: true,
  },
  {
    id: groupId("33333333-2222-4222-8222-222222222222"),
    name: "Sales",
    kind: "security",
    securityEnabled: true,
  },
];
const store = new FakeStore();
const ports: Parameters<typeof resolveIntent>[0] = {
  metrics: new FakeMetrics(),
  attention: { about: () => {} },
  alteredPlans: new Map(),
  plans: store.plans,
  watch: store.watch,
  stages: store.stages,
  tenant: { readPolicy: async () => legacyPolicy() },
  log: { info: () => {}, warn: () => {}, error: () => {} },
  directory: {
    person: async () => undefined,
    people: async () => new Map(),
    signInName: async () => undefined,
    isMember: async () => true,
    peopleNamed: async () => [],
    activeRoles: async () => [],
    holdersOf: async () => new Set(),
    groupsOf: async () => new Set<GroupId>(),
    groupsNamed: async (name) => GROUPS.filter((group) => group.name === name),
    group: async (id) => GROUPS.find((group) => group.id === id),
    membersOf: async () => new Set(),
    allGroups: async () => ({ groups: [], isComplete: true }),
    countMembers: async () => 0,
  },
  catalogue: {
    search,
    model: (aaguid) => model(aaguid, aaguid),
    modelName: (aaguid) => aaguid,
    metadataNumber: () => undefined,
  },
};

const allow = (...models: string[]): ChangeCommand => ({ kind: "allow", models });
const resolved = (command: ChangeCommand, seen?: readonly SeenModel[]) =>
  resolveIntent(ports, { tenantId: tenantId("tenant") }, command, seen);
const groups = (...names: string[]): ChangeCommand => ({
  kind: "enable",
  options: { restriction: "as-fits", authenticators: ["ios"], targets: { kind: "groups", names } },
});

describe("the models of a command", () => {
  it("are AAGUIDs, which mean themselves, or names of one model, each once", async () => {
    const unlisted = guid("e");
    expect(
      await resolved(allow(unlisted.toUpperCase(), "yubikey 5 nfc", "Nymi Band", YUBIKEY_5_NFC)),
    ).toEqual({ kind: "allow", aaguids: [unlisted, NFC.aaguid, BAND.aaguid] });
    expect(await resolved(allow(ZERO))).toEqual({ kind: "allow", aaguids: [ZERO] });
  });

  it("keep the verb and the profile", async () => {
    expect(await resolved({ kind: "remove", models: ["Nymi Band"], profile: "Staff" })).toEqual({
      kind: "remove",
      aaguids: [BAND.aaguid],
      profile: "Staff",
    });
  });

  it("may have a name that only the tenant's own scan knows", async () => {
    const seen = [{ aaguid: guid("f"), hint: "Contoso Badge" }];
    expect(await resolved(allow("contoso badge"), seen)).toEqual({ kind: "allow", aaguids: [guid("f")] });
    expect(await resolved(allow("contoso badge"))).toMatchObject({ code: "unknown-model" });
  });

  it('may be joined by "and", unless that is one model\'s name', async () => {
    const aaguids = [NFC.aaguid, BAND.aaguid];
    expect(await resolved(allow("YubiKey 5 NFC and Nymi Band"))).toEqual({ kind: "allow", aaguids });
    expect(await resolved(allow("Ring and Card"))).toEqual({ kind: "allow", aaguids: [BOTH.aaguid] });
    expect(await resolved(allow("YubiKey 5 NFC and Foo"))).toMatchObject({ wrong: [{ typed: "Foo" }] });
    expect(await resolved(allow("Ring and Crad"))).toMatchObject({
      code: "ambiguous-model",
      typed: "Ring and Crad",
      candidates: [BOTH],
    });
  });
});

describe("the name of a family", () => {
  it("means all of its models", async () => {
    const aaguids = SERIES.slice(0, 2).map(({ aaguid }) => aaguid);
    expect(await resolved(allow("Solos"))).toEqual({ kind: "allow", aaguids });
  });
});

describe("a name that is not exactly one model's", () => {
  it("is asked back when several models have it", async () => {
    expect(await resolved(allow("titan"))).toEqual({
      kind: "refusal",
      code: "ambiguous-model",
      typed: "titan",
      candidates: TWINS,
      verb: "allow",
    });
  });

  it("is asked back when it is only close to one, however close", async () => {
    expect(await resolved({ kind: "remove", models: ["Nymi Bnad"] })).toMatchObject({
      code: "ambiguous-model",
      candidates: [BAND],
      verb: "remove",
    });
  });

  it("is asked back with what else was asked, so that nothing of it gets lost", async () => {
    const command: ChangeCommand = { kind: "allow", models: ["Nymi Band", "titan", ZERO], profile: "Staff" };
    expect(await resolved(command)).toMatchObject({ others: ["Nymi Band", ZERO], profile: "Staff" });
  });

  it("gets models that people have first", async () => {
    const [, second] = TWINS;
    const seen = [{ aaguid: second?.aaguid ?? NFC.aaguid }];
    expect(await resolved(allow("titan"), seen)).toMatchObject({
      candidates: [...TWINS].reverse(),
      inUse: [second?.aaguid],
    });
  });

  it("gets eight candidates at most", async () => {
    expect(await resolved(allow("Solo"))).toMatchObject({ candidates: SERIES.slice(0, 8) });
  });

  it("is unknown when nothing is like it", async () => {
    expect(await resolved(allow("zzz"))).toEqual({
      kind: "refusal",
      code: "unknown-model",
      typed: "zzz",
    });
  });
});

describe("a list with entries that are not understood", () => {
  it("becomes nothing, and each of them is named with its line and what is wrong with it", async () => {
    const models = ["Nymi Band", "zzz", NFC.aaguid.slice(1), "titan", `Nymi Band ${NFC.aaguid}`];
    const command: ChangeCommand = { kind: "allow", models, lines: [2, 3, 4, 5, 6], profile: "Staff" };
    expect(await resolved(command)).toEqual({
      kind: "refusal",
      code: "entries-not-understood",
      wrong: [
        { typed: "zzz", line: 3, wrong: { kind: "unknown" } },
        { typed: NFC.aaguid.slice(1), line: 4, wrong: { kind: "digits", digits: 31 } },
        { typed: "titan", line: 5, wrong: { kind: "several" } },
        { typed: `Nymi Band ${NFC.aaguid}`, line: 6, wrong: { kind: "other-model" } },
      ],
      understood: [BAND.aaguid],
      verb: "allow",
      profile: "Staff",
    });
  });

  it("takes an AAGUID with any words beside it but another model's name", async () => {
    const beside = [`YubiKey 5 NFC ${NFC.aaguid}`, `Marie's key ${BAND.aaguid}`];
    expect(await resolved(allow(...beside))).toEqual({ kind: "allow", aaguids: [NFC.aaguid, BAND.aaguid] });
  });

  it("takes 500 entries and no more", async () => {
    const many = (count: number) => Array.from({ length: count }, () => NFC.aaguid);
    expect(await resolved(allow(...many(500)))).toEqual({ kind: "allow", aaguids: [NFC.aaguid] });
    expect(await resolved(allow(...many(501)))).toMatchObject({ code: "too-many-models", entries: 501 });
  });
});

describe("other changes", () => {
  it("name no models", async () => {
    expect(await resolved({ kind: "disable" })).toEqual({ kind: "disable" });
    expect(await resolved({ kind: "allow-keys-in-use" })).toEqual({ kind: "allow-in-use" });
    expect(await resolved({ kind: "allow-keys-in-use", profile: "Staff" })).toEqual({
      kind: "allow-in-use",
      profile: "Staff",
    });
  });

  it("need each group's name to be that of one group, or its id", async () => {
    const kept = GROUPS.slice(0, 2).map(({ id, name }) => ({ id, name }));
    const targets = { kind: "groups", groups: kept };
    expect(await resolved(groups("Pilot", GROUPS[1]?.id ?? "", "Pilot"))).toEqual({
      kind: "enable",
      restriction: "as-fits",
      authenticators: ["ios"],
      targets,
    });
    expect(await resolved(groups("Sales"))).toMatchObject({ code: "ambiguous-group", name: "Sales" });
    expect(await resolved(groups("Nobody"))).toMatchObject({ code: "unknown-group", name: "Nobody" });
  });

  it("name several groups in one breath, and of those the one that is not there", async () => {
    const [pilot] = GROUPS.map(({ id, name }) => ({ id, name }));
    const list = await resolved(groups("groups:\nPilot\nSales"));
    expect(list).toMatchObject({ code: "ambiguous-group", name: "Sales" });
    expect(await resolved(groups("Pilot and Ghosts"))).toMatchObject({
      code: "unknown-group",
      name: "Ghosts",
    });
    expect(await resolved(groups("the groups: Pilot"))).toMatchObject({ targets: { groups: [pilot] } });
  });

  it("are about a group, where no model has the name and one group has", async () => {
    const [pilot] = GROUPS.map(({ id, name }) => ({ id, name }));
    const removed = await resolved({ kind: "remove", models: ["Pilot"], profile: "Synced" });
    expect(removed).toEqual({ kind: "remove-group", groups: [pilot], profile: "Synced" });
    expect(await resolved(allow("the Pilot group"))).toEqual({ kind: "add-group", groups: [pilot] });
    expect(await resolved(allow("Pilot", "the Pilot"))).toEqual({ kind: "add-group", groups: [pilot] });
    // Of groups that share a name one is chosen by its id, which must not become a model's.
    const id = GROUPS[1]?.id ?? "";
    const unknown = { ...ports, catalogue: { ...ports.catalogue, modelName: () => UNKNOWN_MODEL } };
    const chosen = await resolveIntent(unknown, { tenantId: tenantId("tenant") }, allow(id));
    expect(chosen).toEqual({ kind: "add-group", groups: [{ id, name: "Sales" }] });
    expect(await resolved(allow("Sales"))).toMatchObject({ code: "ambiguous-group" });
    expect(await resolved(allow("Ghosts"))).toMatchObject({ code: "unknown-model" });
    expect(await resolved(allow("Nymi Band", "Pilot"))).toMatchObject({ code: "entries-not-understood" });
    expect(await resolved({ kind: "allow", models: ["Pilot"], admits: "synced" })).toMatchObject({
      code: "unknown-model",
    });
  });
});
