import { describe, expect, it } from "vitest";
import { refuse } from "../../../../src/core/errors.js";
import { groupId } from "../../../../src/core/person.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import type { ModelOption } from "../../../../src/core/report/model-choices.js";
import { entriesCard } from "../../../../src/teams/cards/choices/entries-card.js";
import { groupChoiceCard } from "../../../../src/teams/cards/choices/group-choice-card.js";
import { modelChoiceCard } from "../../../../src/teams/cards/choices/model-choice-card.js";
import { saidWords } from "../../../../src/teams/incoming/said-words.js";
import { model } from "../../../core/report/fake-reports.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { words } from "../card-words.js";

const guid = (at: number) => `${at.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000` as Aaguid;
const NAME = "YubiKey 5 Series with NFC";
const OLD = model(guid(1), NAME, { vendor: "Yubico", firmware: "5.1" });
const NEW = model(guid(2), NAME, { vendor: "Yubico", firmware: "5.7" });
const TWIN = model(guid(3), NAME, { vendor: "Yubico", firmware: "5.7" });
const option = (each: typeof OLD, people: number, allowed: ModelOption["allowed"] = "no"): ModelOption => ({
  model: each,
  people,
  allowed,
});
const ambiguous = (options: readonly ModelOption[], more: object = {}) =>
  ({
    kind: "refusal",
    code: "ambiguous-model",
    typed: "yubikey 5 nfc",
    candidates: options.map(({ model: each }) => each),
    verb: "allow",
    ...more,
  }) as const;
const buttons = (card: ReturnType<typeof modelChoiceCard>) => [
  ...card.body.flatMap((element) => (element.type === "ActionSet" ? element.actions : [])),
  ...(card.actions ?? []),
];
const said = (card: ReturnType<typeof modelChoiceCard>, at: number, more: object = {}) => {
  const action = buttons(card)[at];
  return action?.type === "Action.Submit" ? saidWords({ ...action.data, ...more }) : undefined;
};

describe("a choice of models", () => {
  const options = [option(NEW, 14, "yes"), option(OLD, 2)];
  const card = modelChoiceCard(ambiguous(options, { others: ["Solo 2"], profile: "Staff" }), options);

  it("tells models of one name apart by firmware, people and whether they are allowed, without an AAGUID", () => {
    expect(cardProblems(card)).toEqual([]);
    expect(JSON.stringify(card.body)).toContain(
      `${NAME} · Yubico · firmware 5.7 · 14 people · allowed already`,
    );
    expect(JSON.stringify(card.body)).toContain(`${NAME} · Yubico · firmware 5.1 · 2 people · not allowed`);
  });

  it("says the sentence with what was ticked, and nothing of it gets lost", () => {
    expect(said(card, 0, { ticked: `${NEW.aaguid},${OLD.aaguid}` })).toBe(
      `allow ${NEW.aaguid}, ${OLD.aaguid}, "Solo 2" in profile "Staff"`,
    );
  });

  it("offers all that are in use with one press", () => {
    expect(buttons(card)[1]?.title).toBe("Allow all 2 that are in use");
    expect(said(card, 1)).toBe(`allow ${NEW.aaguid}, ${OLD.aaguid}, "Solo 2" in profile "Staff"`);
  });

  it("names the AAGUIDs of two that are otherwise alike", () => {
    const alike = [option(NEW, 3), option(TWIN, 3), option(OLD, 0)];
    const body = JSON.stringify(modelChoiceCard(ambiguous(alike), alike).body);
    expect(body).toContain(`not allowed · ${TWIN.aaguid}`);
    expect(body).not.toContain(`not allowed · ${OLD.aaguid}`);
  });

  it("asks about one near name with a button that says it", () => {
    const one = [option(OLD, 2)];
    const asked = modelChoiceCard(ambiguous(one, { verb: "remove" }), one);
    expect(cardProblems(asked)).toEqual([]);
    expect(buttons(asked).map(({ title }) => title)).toEqual([`Remove ${NAME}`]);
    expect(said(asked, 0)).toBe(`remove ${OLD.aaguid}`);
    expect(words(asked)).toContain(`remove ${OLD.aaguid}`);
  });
});

describe("a choice of groups", () => {
  const meant = (at: number, more: object = {}) => ({
    id: groupId(guid(at)),
    name: "Contractors",
    kind: "security" as const,
    securityEnabled: true,
    ...more,
  });
  const groups = [
    meant(1, { description: "Yard north", createdAt: "2021-09-13T07:30:00Z", people: 14 }),
    meant(2, { people: 19 }),
  ];
  const refused = refuse({ code: "ambiguous-group", name: "contractors", groups });

  it("tells them apart by description, people, day and object id, and says the sentence with the id", () => {
    const card = groupChoiceCard(refused, 'please exclude group "Contractors" from passkeys');
    if (card === undefined) throw new Error("there is a card");
    expect(cardProblems(card)).toEqual([]);
    expect(words(card)).toContain("Yard north");
    expect(words(card)).toContain("14 people · created {{DATE(2021-09-13T07:30:00Z, COMPACT)}}");
    expect(words(card)).toContain(guid(2));
    expect(buttons(card).map(({ title }) => title)).toEqual(["1. Yard north", "2. 19 people"]);
    expect(said(card, 1)).toBe(`please exclude group ${guid(2)} from passkeys`);
  });

  it.each(["exclude contractors, contractors", "exclude the others", ""])(
    "has no card when the name does not stand in %j exactly once",
    (typed) => {
      expect(groupChoiceCard(refused, typed)).toBeUndefined();
    },
  );
});

describe("a list with wrong entries", () => {
  const wrong = [{ typed: "42b4fb4a-2866", line: 3, wrong: { kind: "digits", digits: 12 } }] as const;
  const refused = (understood: readonly Aaguid[]) =>
    entriesCard(
      refuse({ code: "entries-not-understood", wrong, understood, verb: "allow", admits: "synced" }),
    );

  it("names each with its line, and has a button that says the others", () => {
    const card = refused([guid(1), guid(2)]);
    expect(cardProblems(card)).toEqual([]);
    expect(words(card)).toContain("Line 3: ");
    expect(words(card)).toContain("it has 12 digits, an AAGUID has 32");
    expect(card.actions?.map(({ title }) => title)).toEqual(["Without that: allow the other 2"]);
    expect(said(card, 0)).toBe(`allow ${guid(1)}, ${guid(2)} with synced passkeys`);
  });

  it("has that button for 499 others as well, in a card that Teams takes", () => {
    const many = Array.from({ length: 499 }, (_, at) => guid(at + 1));
    const card = refused(many);
    expect(JSON.stringify(card).length).toBeLessThan(28_000);
    expect(said(card, 0)).toBe(`allow ${many.join(", ")} with synced passkeys`);
  });

  it("has no button when nothing is left", () => {
    expect(refused([]).actions).toBeUndefined();
  });
});
