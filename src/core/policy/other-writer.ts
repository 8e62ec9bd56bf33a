import type { Instant } from "../person.js";

/** Another writer's change of the policy between plan and read-back, from the directory audit log. */
export interface OtherWriter {
  readonly name: string;
  readonly at: Instant;
}
