import type { Metrics } from "../core/ports/metrics.js";
import type { PasskeySource, Replicas } from "../core/ports.js";

/**
 * The same, with a word to the metrics whenever this process gets, keeps, misses or gives up a duty. While the store does
 * not say who has it, this process does not do it.
 */
export function countedDuties(replicas: Replicas, metrics: Metrics): Replicas {
  return {
    self: replicas.self,
    isGone: (replica) => replicas.isGone(replica),
    lookAtRules: () => replicas.lookAtRules(),
    async claim(duty) {
      let isHeld = false;
      try {
        isHeld = await replicas.claim(duty);
      } finally {
        metrics.dutyHeld(duty, isHeld);
      }
      return isHeld;
    },
    async release(duty) {
      await replicas.release(duty);
      metrics.dutyHeld(duty, false);
    },
  };
}

/** The same, with the people it was asked about counted by what came of it. */
export function countedPasskeys(source: PasskeySource, metrics: Metrics): PasskeySource {
  return {
    ...source,
    async passkeysOf(people) {
      const round = await source.passkeysOf(people);
      for (const { kind } of round.answers) metrics.peopleAsked(kind, 1);
      for (const { throttled } of round.later) metrics.peoplePutOff(throttled ? "throttled" : "other", 1);
      return round;
    },
  };
}
