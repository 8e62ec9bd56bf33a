import type { Instant, Person, TenantId } from "../person.js";
import type { Model } from "../policy/model.js";
import type { Allowed } from "../report/allowed-today.js";
import type { ModelInUse } from "../scan/inventory.js";

/**
 * Why models are spoken of: people registered one that was not seen here before; the FIDO metadata warns of one that
 * people use, or it lost its certification; or it is on an allow list and is used by no person.
 */
export type NoticeAbout = "new" | "status" | "unused";

/** The list of a tenant without profiles, which has no name. */
export const ONLY_LIST = "";

/** On which lists `allow` and `remove` would change something for a model. */
export interface ListsToChange {
  readonly allowing: readonly string[];
  readonly removing: readonly string[];
}

/** A model as it stood when the notice was made. */
export interface NoticedModel {
  readonly model: Model;
  readonly allowed: Allowed;
  /** Absent: no person uses it. */
  readonly use?: ModelInUse;
  /** Where the list could be changed: names of profiles, or {@link ONLY_LIST} in the legacy shape. */
  readonly lists: ListsToChange;
  /** The certification by the FIDO Alliance that it had and has no longer. */
  readonly lost?: string;
}

/** What approvers are told of models without having asked: once, in the approval rooms. */
export interface ModelNotice {
  readonly tenantId: TenantId;
  /** Names it in all tenants. */
  readonly id: string;
  /** Counts every stored change. */
  readonly version: number;
  readonly about: NoticeAbout;
  readonly foundAt: Instant;
  /** When the scan began by which the people were counted. */
  readonly scannedAt: Instant;
  /** Most people first; at least one. */
  readonly models: readonly NoticedModel[];
  readonly state: NoticeState;
}

export type NoticeState =
  | { readonly kind: "open" }
  /** An approver says that nothing is to be done about it, and why. */
  | { readonly kind: "put-off"; readonly by: Person; readonly at: Instant; readonly reason: string };
