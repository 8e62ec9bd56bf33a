import { Redacted } from "./redacted.js";

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Object id (GUID, lower case) of a tenant. */
export type TenantId = Branded<string, "TenantId">;
/** Object id (GUID, lower case) of a user in Entra: the same value as `aadObjectId` in Teams and `oid` in tokens. */
export type PersonId = Branded<string, "PersonId">;
/** Id of a Teams conversation, as the channel gave it. */
export type ConversationId = Branded<string, "ConversationId">;
/** Object id (GUID, lower case) of a group. */
export type GroupId = Branded<string, "GroupId">;
/** Names one run of one process of ours: a fresh GUID at each start. */
export type ReplicaId = Branded<string, "ReplicaId">;

export const tenantId = (value: string): TenantId => value.toLowerCase() as TenantId;
export const personId = (value: string): PersonId => value.toLowerCase() as PersonId;
export const groupId = (value: string): GroupId => value.toLowerCase() as GroupId;
export const replicaId = (value: string): ReplicaId => value as ReplicaId;
export const conversationId = (value: string): ConversationId => value as ConversationId;

/** An instant as ISO 8601 in UTC with milliseconds, e.g. `2026-11-22T10:42:00.000Z`. Sorts as text. */
export type Instant = string;

export interface Person {
  readonly id: PersonId;
  readonly name: string;
}

/** What Entra gave a browser to come back with: good once, and only together with what that browser set out with. */
export class AuthorizationCode extends Redacted {
  declare private readonly code: never;
}

/** The single sign-on token of the person who clicked. It lives for one click and is never stored. */
export class UserAssertion extends Redacted {
  declare private readonly assertion: never;
}
