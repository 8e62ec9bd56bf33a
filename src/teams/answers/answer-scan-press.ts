import { type Refusal, unreachable } from "../../core/errors.js";
import { groupId } from "../../core/person.js";
import { keysInUse } from "../../core/report/keys-in-use.js";
import { withoutPasskey } from "../../core/report/standing/without-passkey.js";
import { whoUses } from "../../core/report/who-uses.js";
import { cancelScan } from "../../core/scan/cancel-scan.js";
import { namesMayShow } from "../board/plan-viewer.js";
import { keysCard } from "../cards/reports/keys-card.js";
import { withoutCard } from "../cards/reports/standing/without-card.js";
import { whoUsesNames } from "../cards/reports/who-uses-card.js";
import { scanCard } from "../cards/scan/scan-card.js";
import type { ScanPress } from "../incoming/read-scan-press.js";
import type { AnswerContext } from "./answer-context.js";
import type { ClickAnswer, ClickIncoming } from "./click-answer.js";

const NO_LONGER_KEPT =
  "The scan behind this card is no longer kept, since newer ones were made. Say `keys in use` or `who has no passkey` to see the latest.";

const GROUP_GONE = "The group of this card is no longer there. Say `who has no passkey`.";

/** Carries out a click on a scan's card, or on a report on a scan. @throws Fault */
export async function answerScanPress(
  { ports, rules }: AnswerContext,
  { person, place }: ClickIncoming,
  press: ScanPress,
): Promise<ClickAnswer | Refusal> {
  const { scanId } = press;
  switch (press.verb) {
    case "cancelScan": {
      const result = await cancelScan(ports, rules, { scanId, person });
      if (result.kind === "refusal") return result;
      const names = (await namesMayShow(ports.conversations, place)) ? "shown" : "counted";
      return {
        kind: "shared-card",
        card: scanCard({ kind: "cancelled", scan: result.scan, by: person }, { names }),
      };
    }
    case "keysInUse": {
      const report = await keysInUse(ports, rules, scanId);
      if (report.kind === "no-scan") return { kind: "text", text: NO_LONGER_KEPT };
      return { kind: "page", card: keysCard(report, press.page), names: "none" };
    }
    case "withoutPasskey": {
      const group =
        press.groupId === undefined ? undefined : await ports.directory.group(groupId(press.groupId));
      if (press.groupId !== undefined && group === undefined) return { kind: "text", text: GROUP_GONE };
      const report = await withoutPasskey(ports, rules, {
        scanId,
        ...(group === undefined ? {} : { group: { id: group.id, name: group.name } }),
      });
      if (report.kind === "no-scan") return { kind: "text", text: NO_LONGER_KEPT };
      return { kind: "page", card: withoutCard(report, { names: "shown" }, press.page), names: "people" };
    }
    case "whoUses": {
      const report = await whoUses(ports, rules, press.model, scanId);
      if (report.kind === "refusal") return report;
      if (report.kind === "no-scan") return { kind: "text", text: NO_LONGER_KEPT };
      return { kind: "page", card: whoUsesNames(report, press.page), names: "people" };
    }
    default:
      return unreachable(press);
  }
}
