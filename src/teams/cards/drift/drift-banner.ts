import type { Drift, DriftState } from "../../../core/drift/drift.js";
import { unreachable } from "../../../core/errors.js";
import type { Impact } from "../../../core/impact/impact.js";
import { listed, people } from "../../../core/words/amounts.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import { coverageLine } from "../../words/coverage-words.js";
import { modelName } from "../../words/names.js";
import type { CardElement, Container } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";
import type { NamesView } from "../parts/names-view.js";
import { namesOrCount } from "../parts/people.js";

const MODELS_SHOWN = 3;

/** The band under the title: who lost passkey sign-in, while it is open; else how it ended. */
export function driftBanner(drift: Drift, view: NamesView): Container {
  const { state } = drift;
  if (state.kind !== "open") return endBanner(drift, state);
  const { meaning } = drift;
  switch (meaning.kind) {
    case "assessed":
      return impactBanner(drift, meaning.impact, view);
    case "no-scan":
      return banner("warning", [
        text(
          "**Whether anybody lost passkey sign-in is not known:** nobody's passkeys have been read yet. Say `scan`; a while after it is done, this card says.",
        ),
      ]);
    case "not-read":
      return banner("warning", [
        text(
          "**Whether anybody lost passkey sign-in could not be told just now.** It is tried again at the next check.",
        ),
      ]);
    default:
      return unreachable(meaning);
  }
}

function impactBanner(drift: Drift, impact: Impact, view: NamesView): Container {
  const { coverage, losing, narrows } = impact;
  const read = coverageLine(coverage, drift.readAt);
  if (losing.length > 0) {
    const atLeast = coverage.complete ? "" : "At least ";
    return banner("attention", [
      text(
        `**${atLeast}${people(losing.length)} lost passkey sign-in**, because no other passkey of theirs is allowed any more.`,
      ),
      namesOrCount(losing, view),
      ...alsoTrue(drift, impact),
      subtle(read, { spacing: "small" }),
    ]);
  }
  if (narrows && !coverage.complete) {
    return banner("warning", [
      text(
        "**Could not tell whether anybody lost passkey sign-in:** not everyone's passkeys could be read. Say `scan` to try again.",
      ),
      ...alsoTrue(drift, impact),
      subtle(read, { spacing: "small" }),
    ]);
  }
  return banner("emphasis", [text(`**Nobody lost passkey sign-in.** ${read}`), ...alsoTrue(drift, impact)]);
}

function alsoTrue({ difference }: Drift, impact: Impact): readonly CardElement[] {
  const { keepingAnother, modelsCutOff, regaining } = impact;
  const models = modelsCutOff.map((use) => `${modelName(use.aaguid, difference)} (${people(use.people)})`);
  const lines = [
    ...(keepingAnother.length === 0
      ? []
      : [`${people(keepingAnother.length)} lost one passkey and kept another.`]),
    ...(models.length === 0 ? [] : [`What stopped working: ${listed(models, MODELS_SHOWN)}.`]),
    ...(regaining === 0
      ? []
      : [`${people(regaining)} can sign in again with a passkey that did not work before.`]),
  ];
  return lines.map((line) => subtle(line, { spacing: "small" }));
}

function endBanner(drift: Drift, state: Exclude<DriftState, { kind: "open" }>): Container {
  const at = moment(state.at, drift.foundAt);
  switch (state.kind) {
    case "accepted":
      return banner("good", [
        text(
          `**Accepted by ${plain(state.by.name)}** at ${at}. From then on the policy is compared with this state.`,
        ),
        text(`Reason: ${plainSentences(state.reason)}`, { spacing: "small" }),
        subtle(meantLine(drift), { spacing: "small" }),
      ]);
    case "put-back":
      return banner("good", [
        text(
          `**Put back with plan #${state.planNumber}**, approved by ${plain(state.by.name)} and in force since ${at}.`,
        ),
      ]);
    case "over":
      return banner("emphasis", [
        text(
          state.why === "back-as-it-was"
            ? `**Over since ${at}:** the policy is as it was before, without a plan of Latchkey.`
            : `**Over since ${at}:** plan #${state.planNumber}, approved by ${plain(state.by.name)}, set what had been changed, and nothing else differs.`,
        ),
      ]);
    default:
      return unreachable(state);
  }
}

/** What was accepted, for people. */
function meantLine({ meaning }: Drift): string {
  if (meaning.kind !== "assessed") return NOT_KNOWN_THEN;
  const { losing, keepingAnother, narrows, coverage } = meaning.impact;
  if (losing.length === 0 && narrows && !coverage.complete) return NOT_KNOWN_THEN;
  const who = losing.length === 0 ? "Nobody" : people(losing.length);
  const kept =
    keepingAnother.length === 0 ? "" : ` ${people(keepingAnother.length)} lost one passkey and kept another.`;
  return `${who} lost passkey sign-in.${kept}`;
}

const NOT_KNOWN_THEN = "Whether anybody lost passkey sign-in was not known then.";
