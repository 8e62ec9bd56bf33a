import { refuse } from "../../../../src/core/errors.js";
import { groupId } from "../../../../src/core/person.js";
import type { ModelOption } from "../../../../src/core/report/model-choices.js";
import { entriesCard } from "../../../../src/teams/cards/choices/entries-card.js";
import { groupChoiceCard } from "../../../../src/teams/cards/choices/group-choice-card.js";
import { modelChoiceCard } from "../../../../src/teams/cards/choices/model-choice-card.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { model } from "../../../core/report/fake-reports.js";
import { NEO, NFC } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const OPTIONS: readonly ModelOption[] = [
  { model: model(NFC, "YubiKey 5 NFC", { vendor: "Yubico", firmware: "5.7" }), people: 14, allowed: "yes" },
  { model: model(NEO, "YubiKey NEO", { vendor: "Yubico" }), people: 2, allowed: "no" },
];

function models(options: readonly ModelOption[]): AdaptiveCard {
  const candidates = options.map((option) => option.model);
  const refusal = {
    kind: "refusal",
    code: "ambiguous-model",
    typed: "yubikey",
    candidates,
    verb: "allow",
  } as const;
  return modelChoiceCard(refusal, options);
}

function groups(): AdaptiveCard {
  const named = [
    { description: "Yard north", people: 14 },
    { description: "Yard south", people: 19 },
  ].map((facts, at) => ({
    id: groupId(`5e6f7a8b-0000-4000-8000-00000000000${at}`),
    name: "Contractors",
    kind: "security" as const,
    securityEnabled: true,
    ...facts,
  }));
  const refusal = refuse({ code: "ambiguous-group", name: "Contractors", groups: named });
  const card = groupChoiceCard(refusal, "exclude group Contractors");
  if (card === undefined) throw new Error("the name stands in the sentence");
  return card;
}

const wrongEntries = (): AdaptiveCard =>
  entriesCard(
    refuse({
      code: "entries-not-understood",
      wrong: [{ typed: "42b4fb4a-2866", line: 3, wrong: { kind: "digits", digits: 12 } }],
      understood: OPTIONS.map((option) => option.model.aaguid),
      verb: "allow",
    }),
  );

/** What is asked back. */
export const CHOICES: readonly Exhibit[] = [
  ["choice-of-one-model", "Is this model meant?", () => models(OPTIONS.slice(1))],
  ["choice-of-models", "Which of these models?", () => models(OPTIONS)],
  ["choice-of-groups", "Which group of that name?", () => groups()],
  ["wrong-entries", "A list with a wrong entry", () => wrongEntries()],
];
