import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import { BETWEEN_DIGESTS_MS, DIGEST_WINDOW_MS, type DigestTime, lastDue } from "./digest.js";
import { makeDigest } from "./make-digest.js";

/**
 * Tells the approval rooms once a week how the rollout stands. It is stored before it is told, so no restart and no other
 * process tells it again; what may not have been shown is shown again while its window is open. Where there is no room
 * to tell it in, it waits for one as long.
 * @returns what is to be called every few seconds
 */
export function tellDigest(ports: Ports, rules: Rules, due: DigestTime): () => Promise<void> {
  const { tenantId } = rules;
  /** Of which day this process knows that it is told, and in how many rooms. */
  let told: { readonly day: string; readonly rooms: number } | undefined;
  return async () => {
    const now = ports.clock.now();
    const dueAt = lastDue(now, due);
    if (now.getTime() - dueAt.getTime() >= DIGEST_WINDOW_MS) return;
    const day = dueAt.toISOString().slice(0, 10);
    const rooms = (await ports.conversations.approvalRooms(tenantId)).length;
    if (rooms === 0 || (told?.day === day && told.rooms >= rooms)) return;
    if (!(await ports.replicas.claim("news"))) return;
    try {
      if (await tell(ports, rules, day)) told = { day, rooms };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      ports.log.warn("digest-not-told", { day, code: error.code });
    }
  };
}

/** @returns whether nothing is left to do for that day */
async function tell(ports: Ports, rules: Rules, day: string): Promise<boolean> {
  const { tenantId } = rules;
  const stored = await ports.digests.find(tenantId, day);
  if (stored !== undefined) {
    await ports.announcer.digestTold(stored);
    return true;
  }
  if (!(await ports.digests.isOn(tenantId)).isOn) return false;
  const last = await ports.digests.latest(tenantId);
  if (last !== undefined && ports.clock.now().getTime() - Date.parse(last.at) < BETWEEN_DIGESTS_MS)
    return true;
  const digest = await makeDigest(ports, rules, day);
  if (!(await ports.digests.add(digest))) return false;
  ports.log.info("digest-told", { day });
  await ports.announcer.digestTold(digest);
  return true;
}
