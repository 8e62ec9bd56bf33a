import { resolveGroups } from "../../../../core/plan/named/resolve-groups.js";
import { withoutPasskey } from "../../../../core/report/standing/without-passkey.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { withoutCard } from "../../../cards/reports/standing/without-card.js";
import type { AnswerTo } from "../answer-to.js";
import { answerRefusedChange } from "../choosing/answer-refused-change.js";
import { groupMeant } from "./group-meant.js";
import { noScanYet } from "./no-scan-yet.js";

/** Who has no passkey: counted everywhere, named only where people may be named. */
export const answerWithoutPasskey: AnswerTo<"without-passkey"> = async (context, request, command) => {
  const { ports, rules } = context;
  const typed = groupMeant(command);
  const named = typed === undefined ? [] : await resolveGroups(ports, [typed], []);
  if ("kind" in named) return answerRefusedChange(context, request, named);
  const [group] = named;
  const report = await withoutPasskey(ports, rules, group === undefined ? {} : { group });
  if (report.kind === "no-scan") return noScanYet(request);
  const names = (await namesMayShow(ports.conversations, request.place)) ? "shown" : "counted";
  return { kind: "card", card: withoutCard(report, { names }) };
};
