import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";

type OncePorts = Pick<Ports, "takenMessages" | "replicas" | "clock" | "log">;

/** How often it is asked whether the process that took the message has answered it, or is gone. */
const LOOK_EVERY_MS = 2_000;
/** Longer than it takes to find out that a process is gone. */
const GIVEN_UP_AFTER_MS = 60_000;

/**
 * Answers a message unless it was answered: Teams delivers one again when it is not sure that the first was taken, also
 * to another process or after a restart. A message whose process ended over it is answered anew; what that process had
 * made of it by then, a plan, is found in the store and not made twice (docs/adr/0032).
 * @param key undefined: Teams did not say which message it is, so it cannot be known again
 */
export async function answerOnce(
  ports: OncePorts,
  rules: Pick<Rules, "tenantId">,
  key: string | undefined,
  answer: () => Promise<void>,
): Promise<void> {
  if (key === undefined) return answer();
  try {
    if (!(await mayAnswer(ports, rules, key))) return;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Nothing is changed without the store; that it is away is what the person has to be told.
    ports.log.warn("message-not-taken", { code: error.code });
    return answer();
  }
  try {
    await answer();
  } finally {
    await ports.takenMessages
      .answered(key)
      .catch((error: unknown) => ports.log.warn("message-not-noted-as-answered", { error }));
  }
}

async function mayAnswer(
  { takenMessages, replicas, clock, log }: OncePorts,
  { tenantId }: Pick<Rules, "tenantId">,
  key: string,
): Promise<boolean> {
  const { self } = replicas;
  const since = clock.elapsed();
  for (;;) {
    const takenAt = clock.now().toISOString();
    const taken = await takenMessages.take({ key, tenantId, taker: self, takenAt });
    if (taken.kind === "ours") return true;
    if (taken.kind === "answered" || taken.by === self) {
      log.info("message-delivered-again");
      return false;
    }
    if (await replicas.isGone(taken.by)) {
      if (await takenMessages.takeOver(key, taken.by, self)) {
        log.warn("message-taken-over", { from: taken.by });
        return true;
      }
    } else if (clock.elapsed() - since >= GIVEN_UP_AFTER_MS) {
      log.info("message-delivered-again", { by: taken.by });
      return false;
    } else {
      await clock.sleep(LOOK_EVERY_MS);
    }
  }
}
