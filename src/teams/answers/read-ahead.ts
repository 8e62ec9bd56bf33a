import { BoundedMap } from "../../async/bounded-map.js";
import { findEmergencyPeople } from "../../core/access/emergency-people.js";
import { sharedLookups } from "../../core/access/shared-lookups.js";
import type { Command, CommandName } from "../../core/command/command.js";
import { Fault } from "../../core/errors.js";
import { groupId, type PersonId } from "../../core/person.js";
import { parsePolicy } from "../../core/policy/parse-policy.js";
import { groupsNamedIn } from "../../core/policy/who-may-use.js";
import { policyBegun } from "../../core/ports/begun-policy.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Request } from "../incoming/request.js";
import type { AnswerContext } from "./answer-context.js";

/** More administrators than talk to the bot in a tenant. */
const PEOPLE_KEPT = 500;
/** More groups than a policy usually names: what is read ahead may be for nothing. */
const GROUPS_AHEAD = 10;

const CHANGES: ReadonlySet<CommandName> = new Set([
  ...(["enable", "disable", "add-group", "remove-group", "exclude-group", "include-group"] as const),
  ...(["allow", "remove", "allow-keys-in-use", "undo", "put-back"] as const),
]);

/**
 * Begins to read what an answer needs while it is looked up whether the person may have it, so that the person waits for
 * one answer of Graph and not for one after the other. Only for people who were let in before: strangers cost one
 * look-up each.
 */
export class ReadAhead {
  readonly #letIn = new BoundedMap<PersonId, true>(PEOPLE_KEPT);

  letIn({ id }: { readonly id: PersonId }): void {
    this.#letIn.set(id, true);
  }

  /** The context for this message, in which look-ups are shared and what is going to be needed is under way. */
  for(given: AnswerContext, request: Request, command: Command | undefined): AnswerContext {
    const ports: Ports = { ...given.ports, directory: sharedLookups(given.ports) };
    const context = { ...given, ports };
    const isChange = command !== undefined && CHANGES.has(command.kind);
    const isKnown = this.#letIn.get(request.person.id) !== undefined;
    if (!isKnown || !(isChange || command?.kind === "show-policy")) return context;
    readGroups(ports, given.rules, isChange);
    if (isChange) given.announcer.expectPlan(request.person, request.place.id);
    else ahead(ports, () => findEmergencyPeople(ports, given.rules));
    return { ...context, ports: { ...ports, tenant: policyBegun(ports) } };
  }
}

/** The groups of today's policy are most likely those that it is expected to name. */
function readGroups(ports: Ports, { tenantId }: Rules, withMembers: boolean): void {
  ahead(ports, async () => {
    const baseline = await ports.watch.baseline(tenantId);
    if (baseline === undefined) return;
    const { group, membersOf, countMembers } = ports.directory;
    const ids = groupsNamedIn(parsePolicy(baseline.policy)).slice(0, GROUPS_AHEAD).map(groupId);
    await Promise.all(ids.flatMap((id) => [group(id), withMembers ? membersOf(id) : countMembers(id)]));
  });
}

function ahead(ports: Pick<Ports, "log">, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    // Who needs it asks again, and says what is wrong.
    if (!(error instanceof Fault)) ports.log.warn("not-read-ahead", { error });
  });
}
