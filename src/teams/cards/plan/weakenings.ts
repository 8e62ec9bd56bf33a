import type { Difference } from "../../../core/impact/difference.js";
import type { Weakening } from "../../../core/impact/weakenings.js";
import { weakeningWords } from "../../../core/words/weakening-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { banner, text } from "../parts/card-parts.js";

/** What becomes weaker, a line for each, as loud as who loses sign-in; nothing where nothing does. */
export function weakeningsBanner(
  weakenings: readonly Weakening[],
  names: Difference,
): readonly CardElement[] {
  if (weakenings.length === 0) return [];
  const lines = weakenings.map((weakening) => weakeningWords(weakening, names, MARKDOWN));
  return [
    banner(
      "attention",
      lines.map((line, at) => text(`⚠ ${line}`, at === 0 ? {} : { spacing: "small" })),
    ),
  ];
}
