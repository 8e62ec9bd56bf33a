import { NO_AAGUID } from "../../../core/policy/policy.js";
import type { KnownModel, WhatIs } from "../../../core/report/what-is.js";
import { counted, number, people } from "../../../core/words/amounts.js";
import { oneLine } from "../../../core/words/one-line.js";
import { moment, plain } from "../../words/card-text.js";
import { statusWords } from "../../words/names.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { banner, card, heading, row, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { allowedWords, makeWords, sourceWords } from "./model-facts.js";

const WIDTHS = [9, 15];
/** Of one name: how many are described, and how many more are listed by their AAGUIDs. */
const DESCRIBED = 5;
const LISTED = 40;

/** What is known of a model, or of several of one name. */
export function modelCard(report: WhatIs): AdaptiveCard {
  const { models } = report;
  const described = models.slice(0, DESCRIBED);
  const rest = models.slice(DESCRIBED);
  const [first] = models;
  const name = first?.model.name ?? "Model";
  return card({
    fallbackText: oneLine(name),
    body: [
      titleText(plain(name)),
      ...(models.length < 2
        ? []
        : [
            subtle(`${counted(models.length, "model")} have this name; the AAGUID tells them apart`, {
              spacing: "none",
            }),
          ]),
      ...described.flatMap((known) => describe(known, report, models.length > 1)),
      ...(rest.length === 0 ? [] : [heading("More models of this name"), subtle(aaguids(rest))]),
      next(models),
    ],
  });
}

function describe(known: KnownModel, report: WhatIs, several: boolean): readonly CardElement[] {
  const { model } = known;
  const { words, color } = allowedWords(known.allowed);
  return [
    ...(several
      ? [heading(model.aaguid, { separator: true })]
      : [subtle(`AAGUID ${model.aaguid}`, { spacing: "none" })]),
    ...warnings(known),
    ...(model.aaguid === NO_AAGUID ? [noAaguid()] : []),
    ...(model.vendor === undefined ? [] : [fact("Maker", plain(model.vendor))]),
    fact("Kind", makeWords(model.kind)),
    ...(model.certification === undefined ? [] : [fact("Certification", plain(model.certification))]),
    fact("Known from", sourceWords(model.source)),
    row([text("Allowed today"), text(words, { weight: "bolder", color })], WIDTHS),
    fact("In use", useWords(known, report)),
  ];
}

function fact(name: string, value: string): CardElement {
  return row([text(name), text(value)], WIDTHS);
}

function warnings({ model }: KnownModel): readonly CardElement[] {
  if (model.warnings.length === 0) return [];
  const lines = model.warnings.map(
    ({ status, since }) =>
      `⚠ ${statusWords(status)} (${plain(status)})${since === undefined ? "" : `, since ${plain(since)}`}`,
  );
  return [
    banner("attention", [
      text("**The FIDO Alliance warns of this model.**"),
      ...lines.map((line) => text(line, { size: "small", spacing: "small" })),
    ]),
  ];
}

function noAaguid(): CardElement {
  return banner("warning", [
    text(
      "**This AAGUID names no model.** A platform that does not attest sends zeros instead of its own. Passkeys like that cannot be told apart, so it is never put on an allow list; where an allow list is enforced they do not work.",
    ),
  ]);
}

function useWords({ use }: KnownModel, { inventory }: WhatIs): string {
  if (inventory === undefined) return "not known: no scan has been made yet";
  const at = `by the scan of ${moment(inventory.startedAt)}`;
  return use === undefined
    ? `by nobody, ${at}`
    : `${people(use.people)} with ${counted(use.passkeys, "passkey")}, ${at}`;
}

function aaguids(rest: readonly KnownModel[]): string {
  const shown = rest.slice(0, LISTED).map(({ model }) => model.aaguid);
  const more = rest.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${number(more)} more`] : [])].join(" · ");
}

/** What follows from how the model stands: whom it concerns, and the change that suggests itself. */
function next(models: readonly KnownModel[]): CardElement {
  const separated = { separator: true, spacing: "medium" } as const;
  const one = models.length === 1 ? models[0] : undefined;
  if (one === undefined || one.model.aaguid === NO_AAGUID) {
    return smallLine(
      ["Next: ", { command: "keys in use" }, " or ", { command: "show policy" }, "."],
      separated,
    );
  }
  const { aaguid, warnings: warned } = one.model;
  const change = one.allowed === "no" && warned.length === 0 ? `allow ${aaguid}` : `who uses ${aaguid}`;
  return smallLine(["Next: ", { command: change }, " or ", { command: "keys in use" }, "."], separated);
}
