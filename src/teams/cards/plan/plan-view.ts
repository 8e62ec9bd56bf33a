/** For whom, and where, a plan's card is drawn. */
export interface PlanView {
  /** `requester`: the own chat of the person who asked. `others`: everywhere else. */
  readonly viewer: "requester" | "others";
  /** Only approval rooms show people's names without being asked. */
  readonly names: "shown" | "counted";
  readonly selfApproval: "allowed" | "refused";
  readonly approvers: "roles" | "ids";
  /** Whether the scan bears an approval; always `fine` for a plan that takes no passkey away. */
  readonly scan: "fine" | "incomplete" | "too-old";
}
