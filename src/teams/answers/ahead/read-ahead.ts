import { BoundedMap } from "../../../async/bounded-map.js";
import { findEmergencyPeople } from "../../../core/access/emergency-people.js";
import { sharedLookups } from "../../../core/access/shared-lookups.js";
import type { Command } from "../../../core/command/command.js";
import { Fault } from "../../../core/errors.js";
import type { JsonObject } from "../../../core/json.js";
import { groupId, type PersonId } from "../../../core/person.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { groupsNamedIn } from "../../../core/policy/who-may-use.js";
import { tenantBegun } from "../../../core/ports/begun-readings.js";
import type { Ports, Rules, TenantReader } from "../../../core/ports.js";
import type { Request } from "../../incoming/request.js";
import type { AnswerContext } from "../answer-context.js";
import { type Needs, needsOf } from "./needs.js";

/** More administrators than talk to the bot in a tenant. */
const PEOPLE_KEPT = 500;
/** More groups than a policy usually names: what is read ahead may be for nothing. */
const GROUPS_AHEAD = 10;

/** A message in hand, with what is read for it. */
export interface Prepared {
  /** In it look-ups are shared, and what is going to be needed may be under way. */
  readonly context: AnswerContext;
  /** To be called when the person may have an answer. */
  letIn(): void;
}

/**
 * Begins to read what an answer needs while it is looked up whether the person may have it, so that the person waits for
 * one answer of Graph and not for one after the other. For people who were let in before: strangers cost one look-up
 * each, and all else is begun when they are let in.
 */
export class ReadAhead {
  readonly #letIn = new BoundedMap<PersonId, true>(PEOPLE_KEPT);
  #lastPolicy: JsonObject | undefined;

  for(given: AnswerContext, { person }: Request, command: Command | undefined): Prepared {
    const ports: Ports = { ...given.ports, directory: sharedLookups(given.ports) };
    const needs = needsOf(command);
    const isKnown = this.#letIn.get(person.id) !== undefined;
    const begin = () => {
      if (needs?.groups !== undefined) this.#readGroups(ports, given.rules, needs.groups);
      if (needs?.plan) given.announcer.expectPlan(person);
      if (needs?.emergencyAccounts) ahead(ports, () => findEmergencyPeople(ports, given.rules));
    };
    if (isKnown) begin();
    const isBegun = isKnown && needs !== undefined;
    const tenant = isBegun ? tenantBegun(ports, { strengths: needs.strengths === true }) : ports.tenant;
    return {
      context: { ...given, ports: { ...ports, tenant: this.#learning(tenant) } },
      letIn: () => {
        this.#letIn.set(person.id, true);
        if (!isKnown) begin();
      },
    };
  }

  /** The groups of today's policy are most likely those that it is expected to name, or else those that it named last. */
  #readGroups(ports: Ports, { tenantId }: Rules, what: NonNullable<Needs["groups"]>): void {
    ahead(ports, async () => {
      const baseline = await ports.watch.baseline(tenantId);
      const policy = baseline?.policy ?? this.#lastPolicy;
      if (policy === undefined) return;
      const { group, membersOf, countMembers } = ports.directory;
      const ids = groupsNamedIn(parsePolicy(policy)).slice(0, GROUPS_AHEAD).map(groupId);
      const people = what === "members" ? membersOf : countMembers;
      await Promise.all(ids.flatMap((id) => [group(id), people(id)]));
    });
  }

  #learning(tenant: TenantReader): TenantReader {
    return {
      ...tenant,
      readPolicy: async (options) => {
        this.#lastPolicy = await tenant.readPolicy(options);
        return this.#lastPolicy;
      },
    };
  }
}

function ahead(ports: Pick<Ports, "log">, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    // Who needs it asks again, and says what is wrong.
    if (!(error instanceof Fault)) ports.log.warn("not-read-ahead", { error });
  });
}
