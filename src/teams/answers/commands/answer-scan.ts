import type { Place } from "../../incoming/place.js";
import type { AnswerContext } from "../answer-context.js";
import type { AnswerTo } from "./answer-to.js";

const RUNNING =
  "A scan is running already. Its card in this conversation shows how far it is and changes by itself; press Cancel there to end it.";
const NOT_FULL =
  "A scan of what changed is running, and there is one at a time. Say `scan all` again when its card says that it is done.";

/** Starts a scan, or joins the one that is running; its card is posted as soon as there is news of it. */
export const answerScan: AnswerTo<"scan"> = async (context, { place, person }, { full }) => {
  const isShown = await showsRunningScan(context, place);
  const asker = { person, conversation: place.id, shows: "at-once" } as const;
  const { scan, joined } = await context.ports.scanner.ask(asker, { full });
  if (joined && full && scan.kind === "changes") return { kind: "text", text: NOT_FULL };
  return joined && isShown ? { kind: "text", text: RUNNING } : undefined;
};

/** Whether the card of the scan that is running stands in this place already. */
export async function showsRunningScan(
  { ports, rules, announcer }: AnswerContext,
  place: Place,
): Promise<boolean> {
  const running = await ports.scans.running(rules.tenantId);
  return running !== undefined && (await announcer.showsScan(running, place.id));
}
