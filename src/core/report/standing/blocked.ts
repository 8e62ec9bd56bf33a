import { within } from "../../../async/within.js";
import { Fault } from "../../errors.js";
import type { PersonId } from "../../person.js";
import type { Model } from "../../policy/model.js";
import type { Aaguid, Policy } from "../../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../../policy/who-may-use.js";
import type { Ports, RefusedRegistrations } from "../../ports.js";
import { type Allowed, allowedToday } from "../allowed-today.js";
import { isInScope, scopeOf } from "./adoption.js";

/** A log that is kept for free is kept for a week. */
export const BLOCKED_DAYS = 7;
/** What is known of it is worth no longer wait. */
const WAITED_MS = 3_000;
const DAY_MS = 24 * 60 * 60_000;

/** People who tried to register a passkey lately and were refused: tomorrow they call the help desk. */
export interface Blocked {
  readonly people: number;
  /** Most people first; without a model where the log does not name it. Who tried several is in each. */
  readonly byModel: readonly {
    readonly model?: Model;
    readonly allowed?: Allowed;
    readonly people: number;
  }[];
  /** Of the groups that the policy names; most people first. */
  readonly byGroup: readonly { readonly id: string; readonly people: number }[];
  /** Those whom the policy is not for. */
  readonly outside: number;
  /** Whether every entry of the log was read. */
  readonly isWhole: boolean;
}

/**
 * Who was refused in the last days, as far as Entra's audit log has it. undefined: it names no such person, or could not be
 * read, or not soon: it informs and decides nothing.
 */
export async function readBlocked(
  ports: Pick<Ports, "passkeys" | "catalogue" | "clock" | "log">,
  policy: Policy,
  memberships: Memberships,
): Promise<Blocked | undefined> {
  const since = new Date(ports.clock.now().getTime() - BLOCKED_DAYS * DAY_MS).toISOString();
  try {
    const read = await within(ports.passkeys.refusedSince(since), WAITED_MS);
    return read === undefined || read.refused.length === 0
      ? undefined
      : countBlocked(ports, read, policy, memberships);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("refused-registrations-not-read", { code: error.code });
    return undefined;
  }
}

function countBlocked(
  { catalogue }: Pick<Ports, "catalogue">,
  { refused, isWhole }: RefusedRegistrations,
  policy: Policy,
  memberships: Memberships,
): Blocked {
  const people = new Set(refused.map(({ person }) => person));
  const named = new Map<Aaguid, Set<PersonId>>();
  for (const { person, aaguid } of refused) {
    if (aaguid !== undefined) named.set(aaguid, (named.get(aaguid) ?? new Set()).add(person));
  }
  // One attempt makes two entries, of which one may name the model.
  const withModel = new Set([...named.values()].flatMap((those) => [...those]));
  const unnamed = [...people].filter((person) => !withModel.has(person)).length;
  const scope = scopeOf(policy, memberships);
  const byGroup = groupsNamedIn(policy).map((id) => ({
    id,
    people: [...people].filter((person) => memberships.get(id)?.has(person) === true).length,
  }));
  return {
    people: people.size,
    byModel: mostFirst([
      ...[...named].map(([aaguid, those]) => ({
        model: catalogue.model(aaguid),
        allowed: allowedToday(policy, aaguid),
        people: those.size,
      })),
      ...(unnamed === 0 ? [] : [{ people: unnamed }]),
    ]),
    byGroup: mostFirst(byGroup.filter((group) => group.people > 0)),
    outside: [...people].filter((person) => !isInScope(scope, person)).length,
    isWhole,
  };
}

const mostFirst = <T extends { readonly people: number }>(all: readonly T[]): readonly T[] =>
  [...all].sort((a, b) => b.people - a.people);
