import { assessImpact } from "../../../src/core/impact/assess-impact.js";
import type { Impact } from "../../../src/core/impact/impact.js";
import type { JsonObject } from "../../../src/core/json.js";
import { type PersonId, personId } from "../../../src/core/person.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid, PasskeyType } from "../../../src/core/policy/policy.js";
import type { Inventory, Keyholder, RegisteredPasskey } from "../../../src/core/scan/inventory.js";

export function passkey(aaguid: string, type?: PasskeyType, attested?: boolean): RegisteredPasskey {
  return { aaguid: aaguid as Aaguid, model: undefined, type, attested };
}

/** Somebody whose id is their name. */
export function keyholder(
  name: string,
  passkeys: readonly RegisteredPasskey[],
  change: Partial<Keyholder> = {},
): Keyholder {
  return { id: personId(name), name, isAdmin: false, passkeys, ...change };
}

export function inventory(change: Partial<Inventory> = {}): Inventory {
  return {
    scanId: "scan",
    kind: "full",
    startedAt: "2026-11-22T09:00:00.000Z",
    finishedAt: "2026-11-22T10:00:00.000Z",
    fullSince: "2026-11-22T09:00:00.000Z",
    path: "report",
    asked: 3,
    carried: 0,
    keyholders: 3,
    gone: 0,
    unreadCount: 0,
    unread: [],
    models: [],
    methods: ["passKeyDeviceBound"],
    recentIncluded: true,
    changesSince: "2026-11-20T09:00:00.000Z",
    askers: [],
    ...change,
  };
}

interface Circumstances {
  /** Group id -> ids of everybody in it, nested groups included. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
  readonly emergency?: readonly string[];
  readonly pageSize?: number;
  readonly scan?: Partial<Inventory>;
}

/** The impact of going from one policy to the other, with the people served in pages. */
export function impactOf(
  before: JsonObject,
  after: JsonObject,
  people: readonly Keyholder[],
  { members = {}, emergency = [], pageSize = 2, scan = {} }: Circumstances = {},
): Promise<Impact> {
  const memberships = new Map<string, ReadonlySet<PersonId>>(
    Object.entries(members).map(([id, names]) => [id, new Set(names.map(personId))]),
  );
  return assessImpact({
    before: parsePolicy(before),
    after: parsePolicy(after),
    memberships,
    emergencyAccounts: emergency.map(personId),
    inventory: inventory(scan),
    people: inPages(people, pageSize),
  });
}

async function* inPages(people: readonly Keyholder[], size: number): AsyncGenerator<readonly Keyholder[]> {
  for (let at = 0; at < people.length; at += size) yield people.slice(at, at + size);
}

export const names = (people: readonly { readonly name: string }[]): readonly string[] =>
  people.map((person) => person.name);
