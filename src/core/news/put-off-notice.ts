import { whyNotApprover } from "../access/standing.js";
import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { ModelNotice } from "./model-notice.js";

/** Who puts off which notice, and where the button was pressed. */
export interface NoticeClick {
  readonly noticeId: string;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/**
 * An approver says that nothing is to be done about what was noticed, and why: it is recorded, and every copy of the card
 * says so from then on.
 * @throws Fault when standing or store cannot be read: nothing was put off then
 */
export async function putOffNotice(
  ports: Pick<Ports, "modelNotices" | "directory" | "replicas" | "clock" | "announcer" | "log">,
  rules: Rules,
  { noticeId, person: by, conversation }: NoticeClick,
  reason: string,
): Promise<Refusal | { readonly kind: "put-off"; readonly notice: ModelNotice }> {
  const { tenantId } = rules;
  const notice = await ports.modelNotices.find(tenantId, noticeId);
  if (notice === undefined) return refuse({ code: "unknown-notice" });
  await ports.replicas.lookAtRules();
  const standing = await whyNotApprover(ports, rules, by.id);
  if (standing) return standing;
  if (notice.state.kind === "put-off") return { kind: "put-off", notice };
  if (reason.trim() === "") return refuse({ code: "notice-reason-missing" });
  const at = ports.clock.now().toISOString();
  const next: ModelNotice = { ...notice, state: { kind: "put-off", by, at, reason: reason.trim() } };
  const stored = await ports.modelNotices.replace(next, {
    tenantId,
    at,
    event: "models-put-off",
    by,
    conversation,
    detail: {
      notice: noticeId,
      about: notice.about,
      models: notice.models.map(({ model }) => model.aaguid),
      reason: reason.trim(),
    },
  });
  if (stored !== undefined) {
    ports.log.info("models-put-off", { about: notice.about, by: by.id });
    await ports.announcer.modelsNoticed(stored);
    return { kind: "put-off", notice: stored };
  }
  // Another approver was first.
  const current = await ports.modelNotices.find(tenantId, noticeId);
  return current === undefined ? refuse({ code: "unknown-notice" }) : { kind: "put-off", notice: current };
}
