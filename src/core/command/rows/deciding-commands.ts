import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const MINE = ["my plan", "my request", "the plan", "the request", "my change"];
const LAST = [
  "last",
  "that",
  "it",
  "the last plan",
  "the last change",
  "last plan",
  "last change",
  "my change",
];
const WHO_DID = ["approved", "asked for", "requested", "rejected", "decided", "cancelled", "proposed"];
const PEOPLE = ["who can", "who may", "who could", "who is allowed to", "who has to", "who must"];

/** Commands by which a plan is decided in words, or which say why that takes a button; and who decides. */
export const DECIDING_COMMANDS = [
  {
    name: "approve",
    says: [
      "approve",
      ...["approved", "i approve", "accept plan", "lgtm", "lgtm ship it", "ship it", "yes", "yes go ahead"],
      ...[
        "go ahead",
        "yes do it",
        "do it",
        "yes approve",
        "looks good",
        "looks good to me",
        "confirm",
        "confirmed",
      ],
    ],
    takes: "decision",
    looks: true,
    topic: "plans",
    help: [],
  },
  {
    name: "reject",
    says: [
      "reject",
      ...["decline", "deny", "refuse", "turn down", "veto", "i reject", "rejected"],
      ...each(["no"], ["reject", "decline", "deny"]),
    ],
    takes: "decision",
    topic: "plans",
    help: [{ usage: "reject 12 because ...", what: "say no to plan #12, and why; an approver can" }],
  },
  {
    name: "cancel-mine",
    says: [
      ...(["cancel my plan"] as const),
      ...each(["cancel", "withdraw", "stop", "take back", "retract"], MINE),
    ],
    takes: "nothing",
    gives: { isNamed: true },
    topic: "plans",
    help: [],
  },
  {
    name: "cancel-mine",
    says: ["cancel", "stop", "withdraw", "cancel it", "withdraw it", "cancel that", "abort"],
    takes: "nothing",
    gives: { isNamed: false },
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "undo-last",
    says: [
      "undo last",
      "undo",
      "revert",
      "rollback",
      ...each(["undo", "revert", "roll back", "rollback"], LAST),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "about-plan",
    says: [
      "who approved",
      ...each(["who"], WHO_DID),
      ...each(
        ["when was", "was", "is", "has"],
        ["# approved", "# applied", "# rejected", "# decided", "# done"],
      ),
      ...each(
        ["when was", "was", "is"],
        ["plan # approved", "plan # applied", "plan # rejected", "plan # done"],
      ),
      ...each(["what happened to", "what became of", "why is", "who is"], ["", "plan"]),
      ...each(["why is", "why was"], ["# not approved", "# not approved yet", "# rejected", "# waiting"]),
    ],
    takes: "planNumber",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [{ usage: "who approved 12", what: "who asked for plan #12, who decided, and when" }],
  },
  {
    name: "my-plan",
    says: [
      "what happened to my request",
      ...each(["what happened to", "what became of", "where is", "how is", "what about"], MINE),
      ...each(
        ["why is", "why isn't", "is", "was", "has"],
        MINE,
        ["not", ""],
        ["approved", "applied", "done"],
        ["", "yet"],
      ),
      ...each(["why is", "is"], MINE, ["waiting", "still waiting", "pending"]),
      ...each(["who is", "who's"], ["sitting on", "blocking", "holding up"], MINE),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "who-approves",
    says: [
      "who can approve",
      ...each(PEOPLE, [
        "approve",
        "approve it",
        "approve this",
        "approve plans",
        "approve my plan",
        "reject",
      ]),
      ...each(["who are", "list", "show"], ["the approvers", "approvers", "our approvers"]),
      ...each(["who approves"], ["", "this", "it", "plans", "my plan", "changes"]),
      ...each(["can", "may"], ["i approve", "i approve this", "i approve my own plan"]),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [{ usage: "who can approve", what: "whose approval a plan needs, and how many" }],
  },
  {
    name: "extend",
    says: ["extend", "prolong", "postpone", "renew", "keep open"],
    takes: "decision",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "remind",
    says: ["remind", "notify", "nudge", "ping", "assign to", "assign it to", "assign plan to"],
    takes: "fullName",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "show-drift",
    says: ["accept drift", "accept the drift", "accept drift #"],
    takes: "driftNumber",
    looks: true,
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
