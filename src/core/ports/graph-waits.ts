/** Told of a wait that Graph asked for, in seconds, when it begins. */
export type OnWait = (seconds: number) => void;

/**
 * Waits that Graph asks of this process while a person waits for an answer, for those who keep that person waiting. The
 * limit is the tenant's, so that it concerns each person who waits at that time.
 */
export class GraphWaits {
  readonly #watching = new Set<OnWait>();

  readonly tell: OnWait = (seconds) => {
    for (const onWait of this.#watching) onWait(seconds);
  };

  /** @returns ends it */
  watch(onWait: OnWait): () => void {
    this.#watching.add(onWait);
    return () => void this.#watching.delete(onWait);
  }
}
