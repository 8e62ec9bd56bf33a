import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

/** Commands about what happened to one person, group, model or profile, and about all plans together. */
export const RECORD_COMMANDS = [
  {
    name: "evidence-of-rollout",
    says: [
      "evidence of the rollout",
      ...each(
        ["evidence", "show evidence", "give me evidence", "give me the evidence", "the evidence"],
        ["of", "for"],
        ["the rollout", "rollout", "the whole rollout", "all plans", "every plan", "everything"],
      ),
      ...each(["rollout evidence", "evidence for all", "all evidence", "all the evidence"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "plans",
    help: [
      { usage: "evidence of the rollout", what: "everything about all plans in one file, for an auditor" },
    ],
  },
  {
    name: "history-of",
    says: [
      "history of",
      ...each(["", "show", "show me", "give me", "what is", "what's"], ["the"], ["history"], ["of", "for"]),
      ...each(["show", "show me", "view"], ["history"], ["of", "for"]),
      ...each(["history"], ["for", "about"]),
      ...each(["what changed", "what was changed", "what has changed"], ["for", "about"]),
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
