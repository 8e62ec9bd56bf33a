import { whyNotApprover } from "../access/standing.js";
import type { Refusal } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";

/** Who turns the digest on or off, and where that was said. */
export interface TurnDigest {
  readonly to: "on" | "off";
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** Turns the digest on or off for all approval rooms, if the person may approve; who did is on record. @throws Fault */
export async function turnDigest(
  ports: Pick<Ports, "digests" | "directory" | "replicas" | "clock" | "log">,
  rules: Rules,
  { to, person, conversation }: TurnDigest,
): Promise<Refusal | { readonly kind: "turned" | "was-so" }> {
  await ports.replicas.lookAtRules();
  const refusal = await whyNotApprover(ports, rules, person.id);
  if (refusal) return refusal;
  const { tenantId } = rules;
  const at = ports.clock.now().toISOString();
  const event = to === "on" ? "digest-turned-on" : "digest-turned-off";
  const isTurned = await ports.digests.turn(
    tenantId,
    { isOn: to === "on", said: { by: person, at } },
    { tenantId, at, event, by: person, conversation, detail: {} },
  );
  if (isTurned) ports.log.info(event, { by: person.id });
  return { kind: isTurned ? "turned" : "was-so" };
}
