import { within } from "../../../async/within.js";
import { Fault, type FaultCode } from "../../errors.js";
import type { Instant, PersonId } from "../../person.js";
import type { Model } from "../../policy/model.js";
import type { Aaguid, Policy } from "../../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../../policy/who-may-use.js";
import type { RefusedRegistrations } from "../../ports/passkey-source.js";
import type { Ports } from "../../ports.js";
import { type Allowed, allowedToday } from "../allowed-today.js";
import { isInScope, scopeOf } from "./adoption.js";

/** A log that is kept for free is kept for a week. */
export const BLOCKED_DAYS = 7;
/** With a licence it is kept for so long. Whether it has such entries at all is seen only by one that it has. */
const LOOKED_BACK_DAYS = 30;
/** What is known of it is worth no longer wait. */
const WAITED_MS = 3_000;
const DAY_MS = 24 * 60 * 60_000;

/** What the audit log says of it. That it names no one is not the same as that it says nothing, or was not read. */
export type Doorstep =
  | ({ readonly kind: "blocked" } & Blocked)
  /** No one in the last days; the log has such entries, the newest of this moment. */
  | { readonly kind: "none"; readonly lastAt: Instant }
  /** No such entry in so many days, `isWhole`: by all of the log. Whether Entra writes any is not documented. */
  | { readonly kind: "never-seen"; readonly days: number; readonly isWhole: boolean }
  /** Absent: it took too long. */
  | { readonly kind: "unread"; readonly fault?: FaultCode };

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

/** What was read of the log, before it is counted. */
export type Refusals =
  | ({ readonly kind: "refused" } & RefusedRegistrations)
  | Exclude<Doorstep, { readonly kind: "blocked" }>;

/**
 * Who was refused in the last days, as far as Entra's audit log has it. Never throws a fault, and takes seconds at most:
 * it informs and decides nothing.
 */
export async function readRefusals(ports: Pick<Ports, "passkeys" | "clock" | "log">): Promise<Refusals> {
  const lately = await refusedIn(BLOCKED_DAYS, ports);
  if ("kind" in lately) return lately;
  if (lately.refused.length > 0) return { kind: "refused", ...lately };
  const earlier = await refusedIn(LOOKED_BACK_DAYS, ports);
  if ("kind" in earlier) return { kind: "never-seen", days: BLOCKED_DAYS, isWhole: lately.isWhole };
  const lastAt = earlier.refused
    .flatMap(({ at }) => at ?? [])
    .sort()
    .at(-1);
  return lastAt === undefined || !lately.isWhole
    ? { kind: "never-seen", days: LOOKED_BACK_DAYS, isWhole: lately.isWhole && earlier.isWhole }
    : { kind: "none", lastAt };
}

/** The same counted by model and group. */
export function doorstepOf(
  ports: Pick<Ports, "catalogue">,
  refusals: Refusals,
  policy: Policy,
  memberships: Memberships,
): Doorstep {
  return refusals.kind === "refused"
    ? { kind: "blocked", ...countBlocked(ports, refusals, policy, memberships) }
    : refusals;
}

/** The refusals of so many days, or why they are not known. */
async function refusedIn(
  days: number,
  { passkeys, clock, log }: Pick<Ports, "passkeys" | "clock" | "log">,
): Promise<RefusedRegistrations | Extract<Doorstep, { kind: "unread" }>> {
  const since = new Date(clock.now().getTime() - days * DAY_MS).toISOString();
  try {
    return (await within(passkeys.refusedSince(since), WAITED_MS)) ?? { kind: "unread" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("refused-registrations-not-read", { code: error.code });
    return { kind: "unread", fault: error.code };
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
