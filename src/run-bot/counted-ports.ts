import type { Metrics } from "../core/ports/metrics.js";
import type { PasskeySource } from "../core/ports/passkey-source.js";
import type { Replicas } from "../core/ports.js";
import type { Duty } from "../core/stores.js";

/**
 * The same, with a word to the metrics whenever this process gets, keeps, misses or gives up a duty. While the store does
 * not say who has it, this process does not do it.
 */
export function countedDuties(replicas: Replicas, metrics: Metrics): Replicas {
  const underWay = new Map<Duty, Promise<boolean>>();
  async function claim(duty: Duty): Promise<boolean> {
    let isHeld = false;
    try {
      isHeld = await replicas.claim(duty);
    } finally {
      metrics.dutyHeld(duty, isHeld);
    }
    return isHeld;
  }
  return {
    self: replicas.self,
    isGone: (replica) => replicas.isGone(replica),
    lookAtRules: () => replicas.lookAtRules(),
    claim(duty) {
      // Two tasks of this process may ask at the same moment: of two claims the store would let one lose to the other.
      const known = underWay.get(duty);
      if (known !== undefined) return known;
      const claiming = claim(duty).finally(() => underWay.delete(duty));
      underWay.set(duty, claiming);
      return claiming;
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
