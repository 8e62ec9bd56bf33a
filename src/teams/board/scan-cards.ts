import type { ConversationId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";
import { asItEnded } from "../../core/scan/as-it-ended.js";
import type { ScanAsker } from "../../core/scan/inventory.js";
import type { Scan, ScanNews } from "../../core/scan/scan.js";
import type { CardKey } from "../../core/stores.js";
import { lostScanCard } from "../cards/scan/lost-scan-card.js";
import { scanCard } from "../cards/scan/scan-card.js";
import type { Connected } from "./outside.js";
import { namesMayShow } from "./plan-viewer.js";
import type { Invitation, Subject } from "./subject.js";

/** News of a scan, or that it neither runs nor has a result that is kept. */
export interface ScanState {
  readonly key: CardKey;
  readonly news: ScanNews | "lost";
  readonly version: number;
}

/** A process that waits for something else shows a scan only when it takes longer than this. */
const SLOW_MS = 1_500;
/** Teams takes 1,800 messages an hour in a conversation; a scan may take longer than that and is not alone there. */
const REST_MS = { atFirst: 2_000, later: 4_000 } as const;
const DRAWN_OFTEN = 60;
const ATTEMPTS = 3;

/** Versions of the news of one process; the next process to run a scan begins above them. All fit 32 bits. */
const NEWS_OF_A_PROCESS = 1_000_000;
const END_VERSION = 2_000_000_000;
const LATEST_PROCESS = 1_998;

/** Scans: seen where they were asked for; where something else waits for them, only when they take long. */
export function scanCards({ ports }: Connected): Subject<ScanState> {
  return {
    keyOf: ({ key }) => key,
    versionOf: ({ version }) => version,
    isOver: ({ news }) => isOver(news),
    newest: (key, told) => newest(ports, key, told),
    draw: async ({ news }, place) => {
      if (news === "lost") return lostScanCard();
      const names = (await namesMayShow(ports.conversations, place)) ? "shown" : "counted";
      return scanCard(news, { names });
    },
    withoutCard: () => "Say `keys in use` for what the last scan found.",
    placeOf: (conversation) => conversation,
    places: async ({ news }) => (news === "lost" ? [] : audience(ports, news)),
    pace: {
      restMs: (draws) => (draws < DRAWN_OFTEN ? REST_MS.atFirst : REST_MS.later),
      attempts: ATTEMPTS,
      audience: ({ news }) => (news === "lost" ? 0 : news.scan.askers.length),
    },
  };
}

/** Numbers news in the order in which this process is told of them, a scan that has ended after one that runs. */
export function numberedNews(): (news: ScanNews) => ScanState {
  let told = 0;
  return (news) => {
    told += 1;
    const { scan } = news;
    const key = scanKey(scan);
    switch (news.kind) {
      case "running": {
        const process = Math.min(scan.interruptions, LATEST_PROCESS);
        return { key, news, version: process * NEWS_OF_A_PROCESS + (told % NEWS_OF_A_PROCESS) };
      }
      // As the store tells it.
      case "finished":
        return { key, news, version: END_VERSION };
      default:
        return { key, news, version: END_VERSION + told };
    }
  };
}

/** Names the cards of a scan. */
export function scanKey({ tenantId, scanId }: Pick<Scan, "tenantId" | "scanId">): CardKey {
  return { tenantId, kind: "scan", id: scanId };
}

/** The process that runs a scan, or that ended it, has news of it; the others know its result, or that there is none. */
async function newest(
  { scans }: Pick<Ports, "scans">,
  key: CardKey,
  told: ScanState | undefined,
): Promise<ScanState | "elsewhere"> {
  if (told !== undefined && isOver(told.news)) return told;
  const running = await scans.running(key.tenantId);
  if (running?.scanId === key.id) return told ?? "elsewhere";
  const inventory = await scans.finished(key.tenantId, key.id);
  if (inventory !== undefined) {
    const news = { kind: "finished", scan: asItEnded(inventory, key), inventory } as const;
    return { key, news, version: END_VERSION };
  }
  // The process that ended what runs here knows how it ended.
  return told === undefined ? { key, news: "lost", version: END_VERSION - 1 } : "elsewhere";
}

async function audience(
  { clock, conversations }: Pick<Ports, "clock" | "conversations">,
  news: ScanNews,
): Promise<readonly Invitation[]> {
  const { askers, startedAt } = news.scan;
  const places = new Set(askers.map(({ conversation }) => conversation));
  const invited = await Promise.all(
    [...places].map(async (place): Promise<readonly Invitation[]> => {
      const isAwaited = asksForScan(askers, place);
      if (isOver(news) && !isAwaited) return [];
      const conversation = await conversations.find(place);
      if (conversation === undefined) return [];
      const afterMs = isAwaited ? 0 : Date.parse(startedAt) + SLOW_MS - clock.now().getTime();
      return [{ conversation, afterMs }];
    }),
  );
  return invited.flat();
}

/** Whether a person there asked for the scan itself. */
const asksForScan = (askers: readonly ScanAsker[], place: ConversationId): boolean =>
  askers.some(({ conversation, shows }) => conversation === place && shows === "at-once");

const isOver = (news: ScanNews | "lost"): boolean => news === "lost" || news.kind !== "running";
