import type { Baseline } from "../../../core/drift/baseline.js";
import { checkDrift, type DriftCheck } from "../../../core/drift/check-drift.js";
import type { Drift } from "../../../core/drift/drift.js";
import { refuseAlteredWatch } from "../../../core/drift/recorded/refuse-altered-watch.js";
import { unreachable } from "../../../core/errors.js";
import type { Instant } from "../../../core/person.js";
import { driftRooms } from "../../board/drift-audience.js";
import { channelOf, type Place } from "../../incoming/place.js";
import type { Message } from "../../sending/messenger.js";
import { alteredWatchText } from "../../words/altered-text.js";
import { plain, plainSentences } from "../../words/card-text.js";
import { ago } from "../../words/duration.js";
import type { AnswerContext } from "../answer-context.js";
import { driftCardIn } from "./answer-show-drift.js";
import type { AnswerTo } from "./answer-to.js";

/** Reads the policy now, and shows what differs or says that nothing does. */
export const answerDrift: AnswerTo<"drift"> = async (context, { place }) => {
  const { ports, rules } = context;
  const before = await ports.watch.openDrift(rules.tenantId);
  const check = await checkDrift(ports, rules);
  if (check.kind === "altered") refuseAlteredWatch(ports, check);
  // Another reading may have been under way at the same time, and was first.
  const drift = check.kind === "drift" ? check.drift : await ports.watch.openDrift(rules.tenantId);
  if (check.kind !== "as-baseline" && check.kind !== "altered" && drift !== undefined) {
    const isNew = before?.number !== drift.number;
    const comesByItself = isNew && (await isPostedHere(context, drift, place));
    if (check.kind === "waits") {
      if (!comesByItself) await context.announcer.showDrift(drift, place.id);
      return text(sayChecked(check, ports.clock.now()));
    }
    return comesByItself ? undefined : driftCardIn(context, drift, place);
  }
  return text(sayChecked(check, ports.clock.now()));
};

/** Whether a drift that was found just now comes to this place by itself. */
async function isPostedHere({ ports }: AnswerContext, drift: Drift, place: Place): Promise<boolean> {
  const rooms = await driftRooms(ports, drift, false);
  return rooms.some(({ id }) => channelOf(id) === channelOf(place.id));
}

function sayChecked(check: DriftCheck, now: Date): string {
  switch (check.kind) {
    case "as-baseline":
      return `${baselineSentence(check.baseline, now)} Say \`show policy\` to see it.`;
    case "waits":
      return `Plan #${check.planNumber} is being applied, or its outcome is not known yet, so nothing is compared at this moment. Say \`show ${check.planNumber}\` to see how it stands, and \`drift\` again afterwards.`;
    case "unsteady":
      return "The policy is being changed at this moment, so there is nothing to compare yet. Say `drift` again in a minute.";
    case "altered":
      return alteredWatchText(check);
    case "drift":
      return `The policy differs from what was last applied or accepted. Say \`drift ${check.drift.number}\` to see it.`;
    default:
      return unreachable(check);
  }
}

function baselineSentence({ source, at }: Baseline, now: Date): string {
  const when = since(at, now);
  switch (source.kind) {
    case "first-read":
      return `The policy is as it was first read, ${when}; nothing was applied or accepted since.`;
    case "applied":
      return `The policy is as applied with plan #${source.planNumber} (${plain(source.by.name)}, ${when}).`;
    case "accepted":
      return `The policy is as accepted with drift ${source.driftNumber} (${plain(source.by.name)}, ${when}: ${plainSentences(source.reason)}).`;
    default:
      return unreachable(source);
  }
}

const since = (at: Instant, now: Date): string => ago((now.getTime() - Date.parse(at)) / 1000);
const text = (words: string): Message => ({ kind: "text", text: words });
