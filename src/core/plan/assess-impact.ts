import {
  type AccountRef,
  type Inventory,
  isComplete,
  type Keyholder,
  type RegisteredPasskey,
} from "../inventory/inventory.js";
import { narrows } from "../policy/narrows.js";
import type { Aaguid, PasskeyRules, PasskeyType, Policy } from "../policy/policy.js";
import { type Memberships, mayUse, rulesFor } from "../policy/who-may-use.js";
import type { Coverage, Impact, ModelUse } from "./plan.js";

const EITHER_TYPE: readonly PasskeyType[] = ["deviceBound", "synced"];

interface Change {
  readonly before: Policy;
  readonly after: Policy;
  readonly inventory: Inventory;
  readonly memberships: Memberships;
}

/** Who could sign in with a passkey before and could not after, by the passkeys that are registered. */
export function assessImpact({ before, after, inventory, memberships }: Change): Impact {
  const losing: AccountRef[] = [];
  const keepingAnother: AccountRef[] = [];
  const cutOff = new Map<Aaguid, number>();
  let regaining = 0;
  for (const person of inventory.keyholders) {
    const now = rulesFor(before, person.id, memberships);
    const then = rulesFor(after, person.id, memberships);
    const lost = person.passkeys.filter((passkey) => isLost(passkey, now, then));
    for (const aaguid of new Set(lost.map((passkey) => passkey.aaguid))) {
      cutOff.set(aaguid, (cutOff.get(aaguid) ?? 0) + 1);
    }
    const keepsOne = person.passkeys.some((passkey) => everyType(passkey, then));
    if (lost.length > 0) (keepsOne ? keepingAnother : losing).push(refTo(person));
    else if (keepsOne && !person.passkeys.some((passkey) => someType(passkey, now))) regaining += 1;
  }
  return {
    narrows: narrows(before, after),
    losing: losing.sort(adminsFirst),
    keepingAnother: keepingAnother.sort(adminsFirst),
    regaining,
    modelsCutOff: mostUsedFirst(cutOff),
    coverage: coverageOf(inventory),
  };
}

/** How many people use each model, most used first. */
export function modelUse(inventory: Inventory): readonly ModelUse[] {
  const people = new Map<Aaguid, number>();
  for (const person of inventory.keyholders) {
    for (const aaguid of new Set(person.passkeys.map((passkey) => passkey.aaguid))) {
      people.set(aaguid, (people.get(aaguid) ?? 0) + 1);
    }
  }
  return mostUsedFirst(people);
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

function mostUsedFirst(people: ReadonlyMap<Aaguid, number>): readonly ModelUse[] {
  return [...people]
    .map(([aaguid, count]) => ({ aaguid, people: count }))
    .sort((a, b) => b.people - a.people || (a.aaguid < b.aaguid ? -1 : 1));
}

function adminsFirst(a: AccountRef, b: AccountRef): number {
  return Number(b.isAdmin) - Number(a.isAdmin) || a.name.localeCompare(b.name);
}

function refTo(person: Keyholder): AccountRef {
  return { id: person.id, name: person.name, isAdmin: person.isAdmin };
}

function coverageOf(inventory: Inventory): Coverage {
  return {
    scanId: inventory.scanId,
    at: inventory.finishedAt,
    path: inventory.path,
    complete: isComplete(inventory),
    asked: inventory.asked,
    gone: inventory.gone,
    unread: inventory.unread,
    keyholders: inventory.keyholders.length,
  };
}
