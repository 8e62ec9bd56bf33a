import type { PersonId } from "../person.js";
import { narrows } from "../policy/narrows.js";
import type { Aaguid, PasskeyRules, PasskeyType, Policy } from "../policy/policy.js";
import { type Memberships, mayUse, rulesFor } from "../policy/who-may-use.js";
import {
  type AccountRef,
  type Inventory,
  isComplete,
  type Keyholder,
  type RegisteredPasskey,
} from "../scan/inventory.js";
import type { AffectedPerson, Coverage, Impact, ModelUse } from "./impact.js";

const EITHER_TYPE: readonly PasskeyType[] = ["deviceBound", "synced"];

interface Change {
  readonly before: Policy;
  readonly after: Policy;
  readonly memberships: Memberships;
  readonly emergencyAccounts: readonly PersonId[];
  readonly inventory: Inventory;
  /** Everybody with a passkey by that scan, each once, in pages of any size and order. */
  readonly people: Iterable<readonly Keyholder[]> | AsyncIterable<readonly Keyholder[]>;
}

/**
 * Who could sign in with a passkey before and could not after, by the passkeys that are registered. Of the people
 * only those who lose something are kept, so a tenant of any size passes through page by page.
 */
export async function assessImpact(change: Change): Promise<Impact> {
  const losing: AffectedPerson[] = [];
  const keepingAnother: AffectedPerson[] = [];
  const cutOff = new Map<Aaguid, number>();
  let regaining = 0;
  for await (const page of change.people) {
    for (const person of page) {
      const { lost, usable, usableBefore } = effectOn(person, change);
      for (const aaguid of lost) cutOff.set(aaguid, (cutOff.get(aaguid) ?? 0) + 1);
      if (lost.length > 0) (usable ? keepingAnother : losing).push(affected(person, lost, change));
      else if (usable && !usableBefore) regaining += 1;
    }
  }
  return {
    narrows: narrows(change.before, change.after),
    losing: losing.sort(mostPressingFirst),
    keepingAnother: keepingAnother.sort(mostPressingFirst),
    regaining,
    modelsCutOff: mostUsedFirst(cutOff),
    coverage: coverageOf(change.inventory),
  };
}

interface Effect {
  /** Models of the passkeys that stop working. */
  readonly lost: readonly Aaguid[];
  /** Whether some passkey of theirs certainly works after. */
  readonly usable: boolean;
  /** Whether some passkey of theirs may work today. */
  readonly usableBefore: boolean;
}

/** Models of the passkeys that stop working for this person. */
export function lostModels(
  person: Keyholder,
  change: Pick<Change, "before" | "after" | "memberships">,
): readonly Aaguid[] {
  return effectOn(person, change).lost;
}

function effectOn(
  person: Keyholder,
  { before, after, memberships }: Pick<Change, "before" | "after" | "memberships">,
): Effect {
  const now = rulesFor(before, person.id, memberships);
  const then = rulesFor(after, person.id, memberships);
  const lost = person.passkeys.filter((passkey) => isLost(passkey, now, then));
  return {
    lost: [...new Set(lost.map((passkey) => passkey.aaguid))],
    usable: person.passkeys.some((passkey) => everyType(passkey, then)),
    usableBefore: person.passkeys.some((passkey) => someType(passkey, now)),
  };
}

/** Where Graph did not say the type, a passkey counts as lost if it would be for either. */
function isLost(
  passkey: RegisteredPasskey,
  now: readonly PasskeyRules[],
  then: readonly PasskeyRules[],
): boolean {
  return typesOf(passkey).some(
    (type) => mayUse(now, passkey.aaguid, type) && !mayUse(then, passkey.aaguid, type),
  );
}

function everyType(passkey: RegisteredPasskey, rules: readonly PasskeyRules[]): boolean {
  return typesOf(passkey).every((type) => mayUse(rules, passkey.aaguid, type));
}

function someType(passkey: RegisteredPasskey, rules: readonly PasskeyRules[]): boolean {
  return typesOf(passkey).some((type) => mayUse(rules, passkey.aaguid, type));
}

function typesOf(passkey: RegisteredPasskey): readonly PasskeyType[] {
  return passkey.type === undefined ? EITHER_TYPE : [passkey.type];
}

function affected(
  { id, name, isAdmin }: AccountRef,
  models: readonly Aaguid[],
  { emergencyAccounts }: Change,
): AffectedPerson {
  return { id, name, isAdmin, ...(emergencyAccounts.includes(id) ? { emergency: true } : {}), models };
}

function mostUsedFirst(people: ReadonlyMap<Aaguid, number>): readonly ModelUse[] {
  return [...people]
    .map(([aaguid, count]) => ({ aaguid, people: count }))
    .sort((a, b) => b.people - a.people || (a.aaguid < b.aaguid ? -1 : 1));
}

/** Emergency accounts, administrators, then by name; by id where names are the same, so that there is one order. */
function mostPressingFirst(a: AffectedPerson, b: AffectedPerson): number {
  return (
    Number(b.emergency === true) - Number(a.emergency === true) ||
    Number(b.isAdmin) - Number(a.isAdmin) ||
    a.name.localeCompare(b.name) ||
    (a.id < b.id ? -1 : 1)
  );
}

function coverageOf(inventory: Inventory): Coverage {
  const { peopleHash, recordedAs, accounts, reportRows } = inventory;
  return {
    scanId: inventory.scanId,
    kind: inventory.kind,
    from: inventory.startedAt,
    at: inventory.finishedAt,
    fullSince: inventory.fullSince,
    path: inventory.path,
    complete: isComplete(inventory),
    asked: inventory.asked,
    carried: inventory.carried,
    gone: inventory.gone,
    unreadCount: inventory.unreadCount,
    unread: inventory.unread,
    keyholders: inventory.keyholders,
    recentIncluded: inventory.recentIncluded,
    ...(inventory.oddEntries === undefined ? {} : { oddEntries: inventory.oddEntries }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(reportRows === undefined ? {} : { reportRows }),
    ...(peopleHash === undefined ? {} : { peopleHash }),
    ...(recordedAs === undefined ? {} : { recordedAs }),
  };
}
