import type { ConversationId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";
import type { Scan, ScanNews } from "../../core/scan/scan.js";
import { scanCard } from "../cards/scan/scan-card.js";
import { describeError } from "../sending/background.js";
import type { Outside } from "./copies.js";
import { namesMayShow } from "./plan-viewer.js";

/** Whoever waits for something else sees a scan only when it takes longer than this, in milliseconds. */
const SLOW_MS = 1_500;
/** Teams takes 1,800 messages an hour in a conversation; a scan may take longer than that and is not alone there. */
const REST_MS = { atFirst: 2_000, later: 4_000 } as const;
const DRAWN_OFTEN = 60;
/** A copy that could not be drawn so often was probably deleted: only the end is tried again, so often too. */
const FAILURES = 3;

/** What a copy shows, and whom it tells when there may be something to draw again. */
export interface ScanInHand {
  readonly newest: ScanNews;
  lookAgain(): void;
}

type Drawing = Pick<Outside, "conversations" | "log" | "messenger" | "pause" | "postings"> & {
  readonly ports: Pick<Ports, "clock" | "scans">;
};

/** One conversation's copy of a scan's card: drawn one at a time, and not more often than Teams takes it. */
export class ScanCopy {
  readonly place: ConversationId;
  readonly #drawing: Drawing;
  #activityId: string | undefined;
  /** What it shows, or would show if there were anybody to see it. */
  #shown: ScanNews | undefined;
  /** Until it may be drawn again. */
  #resting: Promise<void> | undefined;
  #isDrawing = false;
  /** It has been waited long enough to say that the scan is slow; undefined: nobody waits yet. */
  #patience: "waiting" | "over" | undefined;
  #draws = 0;
  /** In a row; those of the end are counted by themselves. */
  #failures = { running: 0, end: 0 };

  constructor(drawing: Drawing, place: ConversationId, activityId?: string) {
    this.#drawing = drawing;
    this.place = place;
    this.#activityId = activityId;
  }

  /** undefined: it is not posted yet. */
  get activityId(): string | undefined {
    return this.#activityId;
  }

  /** Whether there is nothing left to draw of the scan's end. */
  hasShownEnd(news: ScanNews): boolean {
    return isOver(news) && (this.#shown === news || this.#failures.end >= FAILURES);
  }

  /** Draws the newest news, if it is due; else that happens when it is. */
  async bringUpToDate(scan: ScanInHand): Promise<void> {
    // Whoever is drawing looks for newer news before they stop.
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      while (this.#shown !== scan.newest && !this.hasShownEnd(scan.newest)) {
        if (isOver(scan.newest)) await this.#resting;
        else if (this.#resting !== undefined || !this.#isDue(scan)) return;
        if (!(await this.#draw(scan.newest))) return;
        this.#rest(scan);
      }
    } finally {
      this.#isDrawing = false;
    }
  }

  /** Nothing waits for the pause itself: stopping the bot must not. */
  #rest(scan: ScanInHand): void {
    if (this.hasShownEnd(scan.newest)) return;
    this.#draws += 1;
    const milliseconds = this.#draws < DRAWN_OFTEN ? REST_MS.atFirst : REST_MS.later;
    this.#resting = this.#drawing.pause(milliseconds).then(() => {
      this.#resting = undefined;
      if (this.#shown !== scan.newest) scan.lookAgain();
    });
  }

  /** Whether the running scan is to be seen here already. */
  #isDue(scan: ScanInHand): boolean {
    if (this.#activityId !== undefined) return this.#failures.running < FAILURES;
    if (this.#patience === "over" || isAwaited(scan.newest.scan, this.place)) return true;
    const { pause, ports } = this.#drawing;
    const left = Date.parse(scan.newest.scan.startedAt) + SLOW_MS - ports.clock.now().getTime();
    if (left <= 0) return true;
    if (this.#patience === undefined) {
      this.#patience = "waiting";
      void pause(left).then(() => {
        this.#patience = "over";
        if (!isOver(scan.newest)) scan.lookAgain();
      });
    }
    return false;
  }

  /** @returns whether it was tried; not so when the scan has ended, and whoever ended it draws that */
  async #draw(news: ScanNews): Promise<boolean> {
    try {
      if (!isOver(news) && !(await this.#stillRuns(news.scan))) return false;
      await this.#show(news);
      this.#shown = news;
      this.#failures.running = 0;
    } catch (error) {
      this.#failures[isOver(news) ? "end" : "running"] += 1;
      this.#drawing.log.warn("scan-card-not-drawn", {
        scan: news.scan.scanId,
        error: describeError(error),
      });
    }
    return true;
  }

  async #show(news: ScanNews): Promise<void> {
    const { conversations, messenger, postings } = this.#drawing;
    if (this.#activityId === undefined && isOver(news) && !isAwaited(news.scan, this.place)) return;
    const conversation = await conversations.find(this.place);
    // The bot was removed there: nobody is left to see the card.
    if (conversation === undefined) return;
    const names = (await namesMayShow(conversations, conversation)) ? "shown" : "counted";
    const message = { kind: "card", card: scanCard(news, { names }) } as const;
    if (this.#activityId !== undefined) {
      await messenger.replace(conversation, this.#activityId, message);
      return;
    }
    this.#activityId = await messenger.post(conversation, message);
    const { tenantId, scanId } = news.scan;
    await postings.addScan({ tenantId, scanId, conversation: this.place, activityId: this.#activityId });
  }

  /** Another process may have ended it since: its end must not be drawn over. */
  async #stillRuns({ tenantId, scanId }: Scan): Promise<boolean> {
    const { log, ports } = this.#drawing;
    try {
      return (await ports.scans.running(tenantId))?.scanId === scanId;
    } catch (error) {
      log.warn("scan-not-looked-up", { scan: scanId, error: describeError(error) });
      return true;
    }
  }
}

export const isOver = (news: ScanNews): boolean => news.kind !== "running";

/** Whether somebody there asked for the scan itself. */
function isAwaited({ askers }: Scan, place: ConversationId): boolean {
  return askers.some(({ conversation, shows }) => conversation === place && shows === "at-once");
}
