import type { Status } from "../../../../core/report/standing/status.js";
import { counted } from "../../../../core/words/amounts.js";
import { moment, plain } from "../../../words/card-text.js";
import { buttonRows } from "../../parts/button-rows.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";
import { sayButton } from "../../parts/say-button.js";
import { stageLines } from "./stage-lines.js";

/** How a rollout stands, stage by stage. */
export function stagesCard(status: Status): AdaptiveCard {
  const { rollout, scanned } = status;
  const title =
    rollout.written === undefined
      ? "Whom passkeys are for, group by group"
      : `Rollout in ${counted(rollout.stages.length, "stage")}`;
  return card({
    fallbackText: title,
    body: [
      titleText(title),
      ...writtenLine(status),
      ...(status.policy.state === "enabled" ? [] : [text("Passkeys are **off**, so no stage is reached.")]),
      ...(rollout.stages.length === 0
        ? [text("Passkeys are for no group yet.")]
        : stageLines(rollout, status)),
      subtle(
        scanned === undefined
          ? "Nobody's passkeys have been read yet, so adoption is not known."
          : `By the scan of ${moment(scanned.inventory.startedAt)}; without guests and those who are excluded.`,
        { spacing: "medium" },
      ),
      ...next(status),
    ],
  });
}

function writtenLine({ rollout: { written } }: Status): readonly CardElement[] {
  return written === undefined
    ? [
        smallLine(
          ["No stages are written down. Say ", { command: "rollout Pilot, IT, everyone" }, " to do so."],
          { spacing: "none" },
        ),
      ]
    : [subtle(`Written down by ${plain(written.by.name)}, ${moment(written.at)}`, { spacing: "none" })];
}

function next({ rollout, scanned }: Status): readonly CardElement[] {
  const isLeft = rollout.stages.some(({ reach }) => reach !== "reached");
  const commands = [
    ...(rollout.written !== undefined && isLeft ? ["next stage"] : []),
    ...(rollout.written === undefined && rollout.stages.length > 0 && !rollout.stages.some(isForEverybody)
      ? ["promote pilot to all users"]
      : []),
    ...(scanned === undefined ? ["scan"] : ["who has no passkey"]),
  ];
  return buttonRows(...commands.map((command) => [sayButton(command)]));
}

const isForEverybody = ({ stage }: Status["rollout"]["stages"][number]): boolean => stage.kind === "everyone";
