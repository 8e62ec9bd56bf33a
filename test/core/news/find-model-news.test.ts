import { describe, expect, it } from "vitest";
import { findModelNews, type ModelNews, UNUSED_AFTER_MS } from "../../../src/core/news/find-model-news.js";
import type { Model } from "../../../src/core/policy/model.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { type Aaguid, AUTHENTICATOR_IOS, NO_AAGUID } from "../../../src/core/policy/policy.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { legacyPolicy, profilesPolicy } from "../policy/sample-policies.js";
import { inventory, model, use } from "../report/fake-reports.js";

const [NFC, NANO] = ["aa", "bb"].map((start) => `${start}000000-0000-4000-8000-000000000000`) as [
  string,
  string,
];
const NOW = new Date("2026-11-22T10:00:00.000Z");
const allowing = (...aaGuids: readonly string[]) =>
  legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [...aaGuids] } });

interface Look {
  readonly scan?: Pick<Inventory, "models" | "unreadCount">;
  readonly policy?: ReturnType<typeof legacyPolicy>;
  readonly models?: readonly Model[];
  readonly hasMetadata?: boolean;
  readonly now?: Date;
}

/** Looks again and again, as one installation does: what one look learns the next one knows. */
class Looks {
  readonly known = new Map<string, string>();
  look({ scan, policy = legacyPolicy(), models = [], hasMetadata = true, now = NOW }: Look): ModelNews {
    const news = findModelNews({
      known: this.known,
      inventory: scan ?? inventory([use(NFC, 3)]),
      policy: parsePolicy(policy),
      modelOf: (aaguid) => models.find((each) => each.aaguid === aaguid) ?? model(aaguid, `Key ${aaguid}`),
      hasMetadata,
      now,
    });
    for (const { fact, from, to } of news.changes) {
      expect(this.known.get(fact)).toBe(from);
      if (to === undefined) this.known.delete(fact);
      else this.known.set(fact, to);
    }
    return news;
  }
  /** What was said: about what, of which models. */
  said(look: Look): readonly (readonly [string, readonly string[]])[] {
    return this.look(look).notices.map(({ about, models }) => [
      about,
      models.map(({ model: { aaguid } }) => aaguid),
    ]);
  }
}

describe("a model that people registered", () => {
  it("is an old one at the first look, and new when a later scan finds it for the first time; once", () => {
    const looks = new Looks();
    expect(looks.said({ scan: inventory([use(NFC, 3)]) })).toEqual([]);
    const later = inventory([use(NFC, 3), use(NANO, 1)]);
    expect(looks.said({ scan: later })).toEqual([["new", [NANO]]]);
    expect(looks.said({ scan: later })).toEqual([]);
    // Nobody has it for a while: it is known all the same.
    expect(looks.said({ scan: inventory([use(NFC, 3)]) })).toEqual([]);
    expect(looks.said({ scan: later })).toEqual([]);
  });

  it("is said with who has it and whether they may use it, and on which lists that could be changed", () => {
    const looks = new Looks();
    looks.look({});
    const scan = inventory([use(NFC, 3), use(NANO, 2)]);
    const { notices } = looks.look({ scan, policy: allowing(NFC) });
    expect(notices).toEqual([
      {
        about: "new",
        models: [
          {
            model: model(NANO, `Key ${NANO}`),
            use: use(NANO, 2),
            allowed: "no",
            lists: { allowing: [""], removing: [] },
          },
        ],
      },
    ]);
  });

  it("names no profile whose list is not enforced", () => {
    const looks = new Looks();
    looks.look({});
    const [notice] = looks.look({
      scan: inventory([use(NFC, 3), use(NANO, 2)]),
      policy: profilesPolicy(),
    }).notices;
    const policy = parsePolicy(profilesPolicy());
    if (policy.shape !== "profiles") throw new Error("not the shape that is looked at");
    const isOn = ({ restriction }: (typeof policy.profiles)[number]) =>
      restriction.mode !== "any" && restriction.aaguids.includes(NANO as Aaguid);
    const off = policy.profiles.filter((each) => each.restriction.mode === "allow" && !isOn(each));
    expect(off.length).toBeGreaterThan(0);
    expect(notice?.models[0]?.lists).toEqual({ allowing: off.map(({ name }) => name), removing: [] });
  });

  it("is none where it names no model", () => {
    const looks = new Looks();
    looks.look({});
    expect(looks.said({ scan: inventory([use(NFC, 3), use(NO_AAGUID, 2)]) })).toEqual([]);
  });
});

describe("a model in use that the FIDO metadata speaks of", () => {
  const revoked = model(NFC, "Key", { warnings: [{ status: "REVOKED" }] });

  it("is said at the first look already, and once for each status", () => {
    const looks = new Looks();
    expect(looks.said({ models: [revoked] })).toEqual([["status", [NFC]]]);
    expect(looks.said({ models: [revoked] })).toEqual([]);
    const twice = { ...revoked, warnings: [...revoked.warnings, { status: "ATTESTATION_KEY_COMPROMISE" }] };
    expect(looks.said({ models: [twice] })).toEqual([["status", [NFC]]]);
    expect(looks.said({ models: [twice] })).toEqual([]);
  });

  it("is said with the certification it lost, when that is lower or gone; a higher one is no news", () => {
    const looks = new Looks();
    const certified = (certification?: string) => [
      model(NFC, "Key", certification === undefined ? {} : { certification }),
    ];
    looks.look({ models: certified("FIDO Certified L1") });
    expect(looks.said({ models: certified("FIDO Certified L2") })).toEqual([]);
    const [notice] = looks.look({ models: certified("FIDO Certified L1+") }).notices;
    expect(notice).toMatchObject({ about: "status", models: [{ lost: "FIDO Certified L2" }] });
    expect(looks.look({ models: certified() }).notices[0]?.models[0]?.lost).toBe("FIDO Certified L1+");
    expect(looks.said({ models: certified() })).toEqual([]);
  });

  it("has lost nothing while there is no metadata", () => {
    const looks = new Looks();
    const models = [model(NFC, "Key", { certification: "FIDO Certified L1" })];
    looks.look({ models });
    expect(looks.said({ hasMetadata: false })).toEqual([]);
    expect(looks.said({ models })).toEqual([]);
  });

  it("is said once where it is new here as well", () => {
    const looks = new Looks();
    looks.look({ scan: inventory([use(NANO, 1)]) });
    const scan = inventory([use(NANO, 1), use(NFC, 1)]);
    expect(looks.said({ scan, models: [revoked] })).toEqual([["new", [NFC]]]);
    expect(looks.said({ scan, models: [revoked] })).toEqual([]);
  });
});

describe("a model on an allow list", () => {
  it("that no person uses is said at the first look, and again only after it was used", () => {
    const looks = new Looks();
    const policy = allowing(NFC, NANO);
    expect(looks.said({ policy })).toEqual([["unused", [NANO]]]);
    expect(looks.said({ policy })).toEqual([]);
    expect(looks.said({ policy, scan: inventory([use(NFC, 3), use(NANO, 1)]) })).toEqual([["new", [NANO]]]);
    expect(looks.said({ policy })).toEqual([["unused", [NANO]]]);
  });

  it("that was put there lately has two weeks before it is called unused", () => {
    const looks = new Looks();
    looks.look({ policy: allowing(NFC) });
    const policy = allowing(NFC, NANO);
    expect(looks.said({ policy })).toEqual([]);
    const almost = new Date(NOW.getTime() + UNUSED_AFTER_MS - 1);
    expect(looks.said({ policy, now: almost })).toEqual([]);
    const then = new Date(NOW.getTime() + UNUSED_AFTER_MS);
    expect(looks.said({ policy, now: then })).toEqual([["unused", [NANO]]]);
  });

  it("is not called unused while the scan lacks people, on a block list, with passkeys off, or if it is Authenticator", () => {
    const blocking = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "block", aaGuids: [NANO] },
    });
    const off = { ...allowing(NFC, NANO), state: "disabled" };
    expect(new Looks().said({ policy: blocking })).toEqual([]);
    expect(new Looks().said({ policy: off })).toEqual([]);
    expect(new Looks().said({ policy: allowing(NFC, AUTHENTICATOR_IOS) })).toEqual([]);
    const scan = inventory([use(NFC, 3)], { unreadCount: 1 });
    const looks = new Looks();
    expect(looks.said({ policy: allowing(NFC, NANO), scan })).toEqual([]);
    expect(looks.said({ policy: allowing(NFC, NANO) })).toEqual([["unused", [NANO]]]);
  });

  it("is forgotten when it is taken off, so that later it is said again", () => {
    const looks = new Looks();
    looks.look({ policy: allowing(NFC, NANO) });
    looks.look({ policy: allowing(NFC) });
    expect([...looks.known.keys()].filter((fact) => fact.includes(NANO))).toEqual([]);
  });
});

it("puts a warning first, and each kind into a notice of its own", () => {
  const looks = new Looks();
  looks.look({});
  const said = looks.said({
    scan: inventory([use(NFC, 3), use(NANO, 1)]),
    policy: allowing(NFC, NANO),
    models: [model(NFC, "Key", { warnings: [{ status: "REVOKED" }] })],
  });
  expect(said).toEqual([
    ["status", [NFC]],
    ["new", [NANO]],
  ]);
});
