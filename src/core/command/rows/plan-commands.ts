import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

/** Commands about plans by their number. */
export const PLAN_COMMANDS = [
  {
    name: "pending",
    says: ["pending", "pending plans", "show pending", "show pending plans", "open plans", "list plans"],
    takes: "nothing",
    looks: true,
    topic: "plans",
    help: [{ usage: "pending", what: "plans that wait for a decision" }],
    inTeamsMenu: { where: "everywhere", description: "Plans that wait for a decision" },
  },
  {
    // Each is approved by itself.
    name: "pending",
    says: [
      "approve all pending",
      ...each(
        ["approve", "accept", "confirm", "decide", "reject", "decline"],
        [
          ...["everything", "all pending", "all plans", "all pending plans", "all open plans", "all of them"],
          ...["everything pending", "everything that is pending", "everything open", "all requests"],
        ],
      ),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "show",
    says: [
      "show",
      ...[
        "view",
        "plan #",
        "the plan #",
        "#",
        "open #",
        "number #",
        "details #",
        "details of #",
        "contents of #",
      ],
      ...["look at #", "tell me about #", "what was in #", "what is in #", "what's in #"],
      ...each(["what did", "what does", "what would"], ["# do", "# change"]),
    ],
    takes: "planNumber",
    looks: true,
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "show 12", what: "plan #12 as it stands" }],
  },
  {
    name: "cancel",
    says: ["cancel", "withdraw"],
    takes: "planNumber",
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "cancel 12", what: "take plan #12 back" }],
  },
  {
    name: "undo",
    says: [
      "undo",
      ...[
        "revert",
        "roll back",
        "rollback",
        "reverse",
        "roll # back",
        "put # back",
        "take # back",
        "take back #",
        "undo what # did",
      ],
    ],
    takes: "planNumber",
    asksAboutRest: true,
    topic: "plans",
    help: [{ usage: "undo 12", what: "propose to take back what plan #12 changed, and nothing else" }],
  },
  {
    name: "history",
    says: ["history", "show history", "view history", "show the history", "plan history", "past plans"],
    takes: "count",
    looks: true,
    topic: "plans",
    help: [{ usage: "history", what: "the last plans and what became of them; `history 20`: more of them" }],
  },
  {
    name: "evidence",
    says: [
      "evidence",
      ...each(["", "show", "give", "give me"], ["", "the"], ["evidence"], ["", "for", "of"]),
    ],
    takes: "planNumber",
    looks: true,
    topic: "plans",
    help: [{ usage: "evidence 12", what: "everything about plan #12 in one file, for an auditor" }],
  },
  {
    name: "evidence-of-rollout",
    says: [
      "evidence of the rollout",
      ...each(
        ["evidence", "show evidence", "give me evidence", "give me the evidence", "the evidence"],
        ["of", "for"],
        ["the rollout", "rollout", "the whole rollout", "all plans", "every plan"],
      ),
      ...each(["rollout evidence", "evidence for all", "all evidence", "all the evidence"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "plans",
    help: [{ usage: "evidence of the rollout", what: "the same over all plans, in one file" }],
  },
  {
    name: "history-of",
    says: [
      "history of",
      ...each(["", "show", "show me", "give me", "what is", "what's"], ["the"], ["history"], ["of", "for"]),
      ...each(["show", "show me", "view"], ["history"], ["of", "for"]),
      ...each(["history"], ["for", "about"]),
      ...each(["what changed", "what was changed", "what has changed"], ["for", "about", "in"]),
      ...each(["what happened", "what has happened"], ["to", "with"]),
      ...each(["", "show", "show me"], ["changes"], ["to", "of", "for", "about"]),
      ...each(["when was #"], ["added", "excluded", "removed"]),
      ...each(["timeline", "audit trail", "change history"], ["of", "for"]),
      ...each(["plans"], ["about", "that concern", "concerning", "that touched", "touching"]),
    ],
    takes: "subject",
    looks: true,
    topic: "plans",
    help: [
      {
        usage: "history of group Pilot",
        what: "every plan and drift about a group, a model, a profile or a person",
      },
    ],
  },
] as const satisfies readonly CommandRow[];
