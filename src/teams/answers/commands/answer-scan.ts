import { refuse } from "../../../core/errors.js";
import { keysInUse } from "../../../core/report/keys-in-use.js";
import { whoUses } from "../../../core/report/who-uses.js";
import { namesMayShow } from "../../board/plan-viewer.js";
import { refusalWords } from "../../board/reason-words.js";
import { keysCard } from "../../cards/reports/keys-card.js";
import { whoUsesCount, whoUsesNames } from "../../cards/reports/who-uses-card.js";
import type { Place } from "../../incoming/place.js";
import type { Request } from "../../incoming/request.js";
import type { Message } from "../../sending/messenger.js";
import type { Desk } from "../desk.js";

const RUNNING =
  "A scan is running already. Its card in this conversation shows how far it is and changes by itself; press Cancel there to end it.";
const NOT_FULL =
  "A scan of what changed is running, and there is one at a time. Say `scan all` again when its card says that it is done.";
const FIRST_SCAN =
  "Nobody's passkeys have been read yet, so a scan has begun. Say `keys in use` again when its card says that it is done.";

/** Starts a scan, or joins the one that is running; its card is posted as soon as there is news of it. */
export async function answerScan(
  desk: Desk,
  { place, person }: Request,
  full: boolean,
): Promise<Message | undefined> {
  const isShown = await showsRunningScan(desk, place);
  const asker = { person, conversation: place.id, shows: "at-once" } as const;
  const { scan, joined } = await desk.ports.scanner.ask(asker, { full });
  if (joined && full && scan.kind === "changes") return text(NOT_FULL);
  return joined && isShown ? text(RUNNING) : undefined;
}

/** The models in use by the latest scan; where there is none, one is started. */
export async function answerKeysInUse(desk: Desk, request: Request): Promise<Message> {
  const report = await keysInUse(desk.ports, desk.rules);
  if (report.kind === "keys-in-use") return { kind: "card", card: keysCard(report) };
  await answerScan(desk, request, false);
  return text(FIRST_SCAN);
}

/** People are named only where names may show; elsewhere they are counted, with a button for whoever wants to know. */
export async function answerWhoUses(desk: Desk, { place }: Request, words: string): Promise<Message> {
  const found = await whoUses(desk.ports, desk.rules, words);
  const report = found.kind === "no-scan" ? refuse({ code: "no-scan-yet" }) : found;
  if (report.kind === "refusal") return text(await refusalWords(desk, place, report));
  const named = await namesMayShow(desk.ports.conversations, place);
  return { kind: "card", card: named ? whoUsesNames(report) : whoUsesCount(report) };
}

/** Whether the card of the scan that is running stands in this place already. */
export async function showsRunningScan({ ports, rules, announcer }: Desk, place: Place): Promise<boolean> {
  const running = await ports.scans.running(rules.tenantId);
  return running !== undefined && (await announcer.showsScan(running, place.id));
}

const text = (words: string): Message => ({ kind: "text", text: words });
