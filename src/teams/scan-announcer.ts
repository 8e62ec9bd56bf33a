import type { Scan, ScanNews } from "../core/inventory/scan.js";
import type { ConversationId } from "../core/person.js";
import type { Announcer, Clock } from "../core/ports.js";
import { describeError } from "./background.js";
import { scanCard } from "./cards/scan-card.js";
import type { Connected, Outside } from "./copies.js";
import { namesMayShow } from "./plan-viewer.js";

/** Whoever waits for something else sees a scan only when it takes longer than this, in milliseconds. */
const SLOW_MS = 1_500;
/** Teams takes 1,800 messages an hour in a conversation; a scan may take longer than that and is not alone there. */
const REST_MS = { atFirst: 2_000, later: 4_000 } as const;
const DRAWN_OFTEN = 60;
/** A copy that could not be drawn so often was probably deleted: only the end is tried again. */
const FAILURES = 3;

/** One conversation's copy of a scan's card. */
interface Copy {
  readonly place: ConversationId;
  activityId: string | undefined;
  drawn: ScanNews | undefined;
  /** Until it may be drawn again. */
  resting: Promise<void> | undefined;
  isDrawing: boolean;
  /** It has been waited long enough to say that the scan is slow; undefined: nobody waits yet. */
  patience: "waiting" | "over" | undefined;
  draws: number;
  failures: number;
}

interface InHand {
  newest: ScanNews;
  /** Copies by conversation, with those that were posted before a restart. */
  readonly copies: Promise<Map<ConversationId, Copy>>;
}

/**
 * Draws scans. In each conversation one thing at a time, always the newest news, not more often than Teams takes it,
 * and the end in any case.
 */
export function scanAnnouncer(
  outside: Outside,
  connected: Promise<Connected>,
): Pick<Announcer, "scanChanged"> {
  const { background, conversations, log, messenger, pause, postings } = outside;
  const inHand = new Map<string, InHand>();
  /** A batch that was under way when a scan was cancelled still brings news. */
  const ended = new Set<string>();

  const announce = async (scan: InHand): Promise<void> => {
    const [{ ports }, copies] = await Promise.all([connected, scan.copies]);
    for (const { conversation } of scan.newest.scan.askers) {
      if (!copies.has(conversation)) copies.set(conversation, newCopy(conversation));
    }
    await Promise.all([...copies.values()].map((copy) => bringUpToDate(scan, copy, ports.clock)));
    const { newest } = scan;
    if (isOver(newest) && [...copies.values()].every(({ drawn }) => drawn === newest)) {
      inHand.delete(newest.scan.scanId);
    }
  };

  const lookAgain = (scan: InHand): void =>
    background.start(`scan ${scan.newest.scan.scanId} announced`, () => announce(scan));

  const bringUpToDate = async (scan: InHand, copy: Copy, clock: Clock): Promise<void> => {
    // Whoever is drawing looks for newer news before they stop.
    if (copy.isDrawing) return;
    copy.isDrawing = true;
    try {
      while (copy.drawn !== scan.newest) {
        if (isOver(scan.newest)) await copy.resting;
        else if (copy.resting !== undefined || !isDue(scan, copy, clock)) return;
        const news = scan.newest;
        await draw(news, copy);
        copy.drawn = news;
        if (copy.activityId !== undefined) rest(scan, copy);
      }
    } finally {
      copy.isDrawing = false;
    }
  };

  /** Nothing waits for the pause itself: stopping the bot must not. */
  const rest = (scan: InHand, copy: Copy): void => {
    copy.draws += 1;
    copy.resting = pause(copy.draws < DRAWN_OFTEN ? REST_MS.atFirst : REST_MS.later).then(() => {
      copy.resting = undefined;
      if (copy.drawn !== scan.newest) lookAgain(scan);
    });
  };

  /** Whether the running scan is to be seen here already. */
  const isDue = (scan: InHand, copy: Copy, clock: Clock): boolean => {
    if (copy.activityId !== undefined) return copy.failures < FAILURES;
    if (copy.patience === "over" || isAwaited(scan.newest.scan, copy.place)) return true;
    const left = Date.parse(scan.newest.scan.startedAt) + SLOW_MS - clock.now().getTime();
    if (left <= 0) return true;
    if (copy.patience === undefined) {
      copy.patience = "waiting";
      void pause(left).then(() => {
        copy.patience = "over";
        if (!isOver(scan.newest)) lookAgain(scan);
      });
    }
    return false;
  };

  const draw = async (news: ScanNews, copy: Copy): Promise<void> => {
    if (copy.activityId === undefined && isOver(news) && !isAwaited(news.scan, copy.place)) return;
    try {
      const conversation = await conversations.find(copy.place);
      // The bot was removed there: nobody is left to see the card.
      if (conversation === undefined) return;
      const names = (await namesMayShow(conversations, conversation)) ? "shown" : "counted";
      const message = { kind: "card", card: scanCard(news, { names }) } as const;
      if (copy.activityId !== undefined) await messenger.replace(conversation, copy.activityId, message);
      else {
        copy.activityId = await messenger.post(conversation, message);
        const { tenantId, scanId } = news.scan;
        await postings.addScan({ tenantId, scanId, conversation: copy.place, activityId: copy.activityId });
      }
      copy.failures = 0;
    } catch (error) {
      copy.failures += 1;
      log.warn("scan-card-not-drawn", { scan: news.scan.scanId, error: describeError(error) });
    }
  };

  const posted = async ({ tenantId, scanId }: Scan): Promise<Map<ConversationId, Copy>> => {
    const known = await postings.ofScan(tenantId, scanId).catch((error: unknown) => {
      log.warn("scan-postings-not-read", { scan: scanId, error: describeError(error) });
      return [];
    });
    return new Map(
      known.map(({ conversation, activityId }) => [conversation, newCopy(conversation, activityId)]),
    );
  };

  return {
    async scanChanged(news) {
      const { scanId } = news.scan;
      if (ended.has(scanId)) return;
      if (isOver(news)) ended.add(scanId);
      const scan = inHand.get(scanId) ?? { newest: news, copies: posted(news.scan) };
      scan.newest = news;
      inHand.set(scanId, scan);
      lookAgain(scan);
    },
  };
}

function newCopy(place: ConversationId, activityId?: string): Copy {
  return {
    place,
    activityId,
    drawn: undefined,
    resting: undefined,
    isDrawing: false,
    patience: undefined,
    draws: 0,
    failures: 0,
  };
}

const isOver = (news: ScanNews): boolean => news.kind !== "running";

/** Whether somebody there asked for the scan itself. */
function isAwaited({ askers }: Scan, place: ConversationId): boolean {
  return askers.some(({ conversation, shows }) => conversation === place && shows === "at-once");
}
