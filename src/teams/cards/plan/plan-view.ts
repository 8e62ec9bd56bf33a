import type { NamesView } from "../parts/names-view.js";

/** Where the impact of a change is told, and what its scan is worth. */
export interface ImpactView extends NamesView {
  /** Whether the scan bears an approval; always `fine` for a plan that takes no passkey away. */
  readonly scan: "fine" | "incomplete" | "too-old";
}

/** For whom, and where, a plan's card is drawn. */
export interface PlanView extends ImpactView {
  /**
   * `requester`: the own chat of the person who asked. `onlooker`: that of a person who may look and not approve.
   * `others`: everywhere else.
   */
  readonly viewer: "requester" | "onlooker" | "others";
  readonly selfApproval: "allowed" | "refused";
  readonly approvers: "roles" | "ids";
  /**
   * Where it was asked for: that no approver has the card, that fewer have it than the plan lacks, or that beyond those it
   * is there only; or that this could not be found out. Left out: enough approvers have it.
   */
  readonly reach?: "here-only" | "nobody" | "too-few" | "unknown";
}
