import type { Ports } from "../ports.js";
import type { PasskeyAnswer, ScanAsker } from "./inventory.js";
import type { Pace } from "./pace.js";
import type { Scan, ScanCounts, ScanNews } from "./scan.js";

/** The rate is that of the last minute: long enough to span a pause of Graph's. */
const RATE_OVER_MS = 60_000;

/** How a scan goes, told now and then. */
export class ScanProgress {
  readonly #ports: Pick<Ports, "clock" | "announcer">;
  readonly #pace: Pace;
  #scan: Scan;
  #counts: ScanCounts = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };
  /** People answered for within that time, by the second in which that was. */
  #recent: { readonly second: number; people: number }[] = [];
  readonly #startedAt: number;
  /** Everybody who is left waits until then, each as Graph asked. */
  #waitsUntil = 0;

  constructor(ports: Pick<Ports, "clock" | "announcer">, pace: Pace, scan: Scan) {
    this.#ports = ports;
    this.#pace = pace;
    this.#scan = scan;
    this.#startedAt = this.#now();
  }

  counted(counts: ScanCounts): void {
    this.#counts = counts;
  }

  /** People were added, so all have to be counted anew. */
  listed(scan: Scan, counts: ScanCounts): void {
    this.#scan = { ...scan, askers: this.#scan.askers };
    this.#counts = counts;
    this.tell();
  }

  joined(askers: Scan["askers"]): void {
    const known = new Set(this.#scan.askers.map(keyOf));
    if (askers.every((asker) => known.has(keyOf(asker)))) return;
    this.#scan = { ...this.#scan, askers };
    this.tell();
  }

  /** How many people the scan knows of so far. */
  get people(): number {
    const { pending, read, carried, gone, unread } = this.#counts;
    return pending + read + carried + gone + unread;
  }

  answered(answers: readonly PasskeyAnswer[]): void {
    const of = (kind: PasskeyAnswer["kind"]) => answers.filter((answer) => answer.kind === kind).length;
    this.#counts = {
      ...this.#counts,
      pending: Math.max(0, this.#counts.pending - answers.length),
      read: this.#counts.read + of("read"),
      gone: this.#counts.gone + of("gone"),
      unread: this.#counts.unread + of("failed"),
    };
    const second = Math.floor(this.#now() / 1000);
    const last = this.#recent.at(-1);
    if (last?.second === second) last.people += answers.length;
    else this.#recent.push({ second, people: answers.length });
    this.tell();
  }

  /** Everybody who is left was refused, and the first may be asked about again then. */
  waitsUntil(untilMs: number): void {
    this.#waitsUntil = untilMs;
    this.tell();
  }

  /** How often it is drawn is the announcer's business. */
  tell(): void {
    // Not awaited: reading does not wait for Teams. The announcer never rejects.
    void this.#ports.announcer.scanChanged(this.#news(this.#now()));
  }

  #news(now: number): ScanNews {
    const perMinute = this.#perMinute(now);
    const isListed = this.#scan.listing.step === "done";
    const pausedUntil = Math.max(this.#pace.pausedUntil, this.#waitsUntil);
    return {
      kind: "running",
      scan: this.#scan,
      counts: this.#counts,
      perMinute,
      pausedUntil: pausedUntil > now ? new Date(pausedUntil).toISOString() : undefined,
      secondsLeft:
        isListed && perMinute !== undefined && perMinute > 0
          ? Math.ceil((this.#counts.pending / perMinute) * 60)
          : undefined,
    };
  }

  #perMinute(now: number): number | undefined {
    this.#recent = this.#recent.filter(({ second }) => second * 1000 > now - RATE_OVER_MS);
    const elapsed = Math.min(RATE_OVER_MS, now - this.#startedAt);
    if (elapsed < 1_000) return undefined;
    const people = this.#recent.reduce((sum, each) => sum + each.people, 0);
    return (people * 60_000) / elapsed;
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}

const keyOf = ({ person, conversation, shows }: ScanAsker): string => `${conversation} ${person.id} ${shows}`;
