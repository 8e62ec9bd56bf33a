import type { Refusal } from "../../../core/errors.js";
import { NO_AAGUID } from "../../../core/policy/policy.js";
import type { ModelOption } from "../../../core/report/model-choices.js";
import { people } from "../../../core/words/amounts.js";
import { oneLine } from "../../../core/words/one-line.js";
import { plain } from "../../words/card-text.js";
import { sayAgain } from "../../words/choices/say-again.js";
import { statusWords } from "../../words/names.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardAction } from "../parts/card.js";
import { card, smallLine, subtle, text } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";
import { TICKED, TICKED_INPUT } from "../parts/ticked.js";

type Ambiguous = Extract<Refusal, { code: "ambiguous-model" }> & { readonly verb: "allow" | "remove" };

const VERB = { allow: "Allow", remove: "Remove" } as const;

/** Which models are meant: one near name as a question, several as a list to tick. */
export function modelChoiceCard(refusal: Ambiguous, options: readonly ModelOption[]): AdaptiveCard {
  const [only, ...more] = options;
  return only !== undefined && more.length === 0 ? oneCard(refusal, only) : tickCard(refusal, options);
}

function oneCard(refusal: Ambiguous, option: ModelOption): AdaptiveCard {
  const words = sayAgain(refusal, option.model.aaguid);
  const title = `No model is called exactly **${plain(refusal.typed)}**. Did you mean this one?`;
  return card({
    fallbackText: oneLine(`No model is called exactly ${refusal.typed}. Say: ${words}`),
    body: [
      text(title),
      text(plain(optionWords(option, [option], refusal.verb))),
      smallLine(["Nothing was proposed yet. If it is, say ", { command: words }, "."]),
    ],
    actions: [sayButton(words, `${VERB[refusal.verb]} ${oneLine(option.model.name)}`)],
  });
}

function tickCard(refusal: Ambiguous, options: readonly ModelOption[]): AdaptiveCard {
  const verb = VERB[refusal.verb];
  const title = `Which models do you mean by **${plain(refusal.typed)}**?`;
  const lines = options.map((option) => optionWords(option, options, refusal.verb));
  return card({
    fallbackText: oneLine(`Which models do you mean by ${refusal.typed}? ${lines.join("; ")}`),
    body: [
      text(title),
      {
        type: "Input.ChoiceSet",
        id: TICKED_INPUT,
        label: `Tick those to ${refusal.verb}`,
        isMultiSelect: true,
        style: "expanded",
        wrap: true,
        choices: options.map(({ model }, at) => ({ title: lines[at] ?? model.name, value: model.aaguid })),
        isRequired: true,
        errorMessage: "Tick at least one.",
      },
      subtle("Nothing was proposed yet. If it is none of these, ask with its own AAGUID."),
      ...buttonRows(
        [
          {
            type: "Action.Submit",
            title: `${verb} the ticked ones`,
            data: { say: sayAgain(refusal, TICKED) },
          },
        ],
        ...allOfThem(refusal, options).map((action) => [action]),
      ),
    ],
  });
}

/** What people have of one name is most likely meant together. */
function allOfThem(refusal: Ambiguous, options: readonly ModelOption[]): readonly CardAction[] {
  const used = options.filter(({ people: count, model }) => (count ?? 0) > 0 && model.aaguid !== NO_AAGUID);
  if (used.length < 2 || used.every(({ allowed }) => isThere(allowed, refusal.verb))) return [];
  const words = sayAgain(refusal, used.map(({ model }) => model.aaguid).join(", "));
  return [sayButton(words, `${VERB[refusal.verb]} all ${used.length} that are in use`)];
}

/** "YubiKey 5 NFC · Yubico · firmware 5.7 · 14 people · allowed"; an AAGUID only where two are otherwise alike. */
function optionWords(option: ModelOption, all: readonly ModelOption[], verb: Ambiguous["verb"]): string {
  const words = factsOf(option, verb);
  const isAlike = all.some((other) => other !== option && factsOf(other, verb) === words);
  return isAlike ? `${words} · ${option.model.aaguid}` : words;
}

function factsOf({ model, people: count, allowed }: ModelOption, verb: Ambiguous["verb"]): string {
  const { name, vendor, firmware, warnings } = model;
  return [
    oneLine(name),
    ...(vendor === undefined || name.startsWith(vendor) ? [] : [vendor]),
    ...(firmware === undefined ? [] : [`firmware ${firmware}`]),
    ...warnings.map(({ status }) => `⚠ ${statusWords(status)}`),
    ...(count === undefined ? [] : [count === 0 ? "nobody has it" : people(count)]),
    ...(allowed === "unknown" ? [] : [isThere(allowed, verb) ? THERE[verb] : STANDING[allowed]]),
  ].join(" · ");
}

const THERE = { allow: "allowed already", remove: "not allowed anyway" } as const;

/** Whether a model stands already as it is asked to. */
const isThere = (allowed: ModelOption["allowed"], verb: Ambiguous["verb"]): boolean =>
  allowed === (verb === "allow" ? "yes" : "no");

const STANDING = {
  yes: "allowed",
  no: "not allowed",
  "some-profiles": "allowed in some profiles",
  "some-types": "allowed for one kind of passkey",
} as const;
