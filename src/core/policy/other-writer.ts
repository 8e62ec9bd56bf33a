import type { Instant } from "../person.js";

/** Another writer's change of the policy between plan and read-back, from the directory audit log. */
export interface OtherWriter {
  readonly name: string;
  readonly at: Instant;
  /** The entry is there and could not be read: who wrote is not known, and `at` is no later than it happened. */
  readonly isUnread?: true;
}
