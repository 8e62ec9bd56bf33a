import type { ReplicaId } from "../person.js";

/** How long a process may be silent before it counts as gone. */
export const SILENT_FOR_MS = 10_000;
/**
 * What counts at most of the time between two readings of the beats. A process that was paused, or could not reach the
 * store, has read none meanwhile; that says nothing about the others.
 */
const COUNTED_AT_MOST_MS = 3_000;

interface LastBeat {
  readonly beat: number;
  /** How long it has stood still, by the time between readings. */
  readonly silenceMs: number;
}

/** How long each process has been silent, by this process's own count: the time of day plays no part. */
export class Liveness {
  #lastBeats: ReadonlyMap<ReplicaId, LastBeat> = new Map();
  #observedAtMs: number | undefined;
  #goneCount = 0;

  /** How often a living process was found gone: it left, or fell silent. */
  get goneCount(): number {
    return this.#goneCount;
  }

  /** Takes in the beats as they are in the store. @param elapsedMs on a clock that only grows */
  observe(beats: ReadonlyMap<ReplicaId, number>, elapsedMs: number): void {
    const sinceMs = Math.min(COUNTED_AT_MOST_MS, elapsedMs - (this.#observedAtMs ?? elapsedMs));
    this.#observedAtMs = elapsedMs;
    const lastBeats = new Map<ReplicaId, LastBeat>();
    for (const [replica, beat] of beats) {
      const before = this.#lastBeats.get(replica);
      const silenceMs = before?.beat === beat ? before.silenceMs + sinceMs : 0;
      lastBeats.set(replica, { beat, silenceMs });
    }
    for (const [replica, { silenceMs }] of this.#lastBeats) {
      const nowMs = lastBeats.get(replica)?.silenceMs ?? SILENT_FOR_MS;
      if (silenceMs < SILENT_FOR_MS && nowMs >= SILENT_FOR_MS) this.#goneCount += 1;
    }
    this.#lastBeats = lastBeats;
  }

  /** undefined: it is not among those who share the store (any more). */
  silenceMsOf(replica: ReplicaId): number | undefined {
    return this.#lastBeats.get(replica)?.silenceMs;
  }

  /** Not in the store, or silent for too long. */
  isGone(replica: ReplicaId): boolean {
    return (this.silenceMsOf(replica) ?? SILENT_FOR_MS) >= SILENT_FOR_MS;
  }

  get all(): readonly ReplicaId[] {
    return [...this.#lastBeats.keys()];
  }
}
