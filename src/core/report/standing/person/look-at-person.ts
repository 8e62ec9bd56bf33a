import type { ConversationId, Person } from "../../../person.js";
import type { Ports, Rules } from "../../../ports.js";
import { type PersonReport, type ReportPorts, reportPerson } from "./person-report.js";

type Looked = Awaited<ReturnType<typeof reportPerson>>;

/**
 * What another person registered, for the one who asks, who goes on record with it: which keys a person has is theirs,
 * and who looked can be asked. A look at oneself is not recorded.
 * @throws Fault when policy or directory cannot be read, or the look cannot be recorded: nothing is shown then
 */
export async function lookAtPerson(
  ports: ReportPorts & Pick<Ports, "audit">,
  rules: Pick<Rules, "tenantId">,
  { by, conversation, typed }: LookAt,
): Promise<Looked> {
  const report = await reportPerson(ports, rules, typed === undefined ? { self: by } : { typed });
  if (report.kind === "person" && report.person.id !== by.id) {
    await ports.audit.append({
      tenantId: rules.tenantId,
      at: ports.clock.now().toISOString(),
      event: "person-looked-at",
      by,
      conversation,
      detail: { person: nameAndId(report) },
    });
  }
  return report;
}

export interface LookAt {
  readonly by: Person;
  readonly conversation: ConversationId;
  /** Who is meant, as it was said; oneself when left out. */
  readonly typed?: string;
}

function nameAndId({ person: { id, name } }: PersonReport) {
  return { id, name };
}
