import type { ReplicaId } from "../person.js";

/** How long a process may be silent before it counts as gone, in milliseconds. */
export const SILENT_FOR = 10_000;
/**
 * What counts at most of the time between two looks, in milliseconds. Who did not look for long, because it was
 * paused or the store was away, has not heard anybody meanwhile; that says nothing about the others.
 */
const LOOK_COUNTS = 3_000;

interface Heard {
  readonly beat: number;
  /** Since when it has stood still, in milliseconds of looking. */
  readonly silence: number;
}

/** How long each process has been silent, by our own count: the time of day plays no part. */
export class HeardReplicas {
  #heard: ReadonlyMap<ReplicaId, Heard> = new Map();
  #lookedAt: number | undefined;
  #departures = 0;

  /** How often one that was heard was found gone: it left, or fell silent. */
  get departures(): number {
    return this.#departures;
  }

  /** Takes in the beats as they are in the store. @param elapsed milliseconds on a clock that only grows */
  look(beats: ReadonlyMap<ReplicaId, number>, elapsed: number): void {
    const since = Math.min(LOOK_COUNTS, elapsed - (this.#lookedAt ?? elapsed));
    this.#lookedAt = elapsed;
    const heard = new Map<ReplicaId, Heard>();
    for (const [replica, beat] of beats) {
      const before = this.#heard.get(replica);
      const silence = before?.beat === beat ? before.silence + since : 0;
      heard.set(replica, { beat, silence });
    }
    for (const [replica, { silence }] of this.#heard) {
      const now = heard.get(replica)?.silence ?? SILENT_FOR;
      if (silence < SILENT_FOR && now >= SILENT_FOR) this.#departures += 1;
    }
    this.#heard = heard;
  }

  /** In milliseconds; undefined: it is not among those who share the store (any more). */
  silenceOf(replica: ReplicaId): number | undefined {
    return this.#heard.get(replica)?.silence;
  }

  /** Not in the store, or silent for too long. */
  isGone(replica: ReplicaId): boolean {
    return (this.silenceOf(replica) ?? SILENT_FOR) >= SILENT_FOR;
  }

  get all(): readonly ReplicaId[] {
    return [...this.#heard.keys()];
  }
}
