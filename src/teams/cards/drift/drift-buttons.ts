import type { Drift } from "../../../core/drift/drift.js";
import { driftDigest } from "../../../core/drift/drift-digest.js";
import type { CardAction, DriftVerb, ExecuteAction, ShowCardAction } from "../parts/card.js";
import { executeButton } from "../parts/execute-button.js";
import { type Leaf, leafButtons } from "../parts/pager.js";
import { withReason } from "../parts/reason-field.js";
import { isMove } from "./drift-move.js";

/**
 * Accept, put back, Show all. Once it is decided, nothing is left to press but what leaves a page of Show all.
 * @param leaf the page of Show all this is; the brief card when left out
 */
export function driftButtons(drift: Drift, leaf?: Leaf): readonly CardAction[] {
  const isOpen = drift.state.kind === "open";
  if (leaf === undefined)
    return isOpen ? [...decideButtons(drift), button(drift, "Show all", "showDrift")] : [];
  return [
    ...(isOpen ? decideButtons(drift) : []),
    ...leafButtons(leaf, (title, page) => button(drift, title, "showDrift", { page })),
    button(drift, "Show less", "showDriftLess"),
  ];
}

function decideButtons(drift: Drift): readonly CardAction[] {
  return [acceptButton(drift), ...(isMove(drift) ? [] : [button(drift, "Put back", "putBackDrift")])];
}

function acceptButton(drift: Drift): ShowCardAction {
  return withReason(
    "Accept",
    {
      label: "Why is this right? It is kept in the record with your name.",
      placeholder: "Who asked for it, and what for?",
      errorMessage: "Write a reason: whoever reads the record later was not there.",
    },
    button(drift, "Accept as new baseline", "acceptDrift", { style: "positive" }),
  );
}

interface More {
  readonly page?: number;
  readonly style?: "positive";
}

function button(drift: Drift, title: string, verb: DriftVerb, { page, style }: More = {}): ExecuteAction {
  const shown = { revision: drift.revision, digest: driftDigest(drift) };
  const data = { driftId: drift.number, ...shown, ...(page === undefined ? {} : { page }) };
  return executeButton(title, verb, data, style);
}
