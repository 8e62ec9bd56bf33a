import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

// Looking is read without articles and the like as well, so they stand in none of these.
const ON = [
  "on",
  "off",
  "enforced",
  "required",
  "enabled",
  "active",
  "mandatory",
  "turned on",
  "switched on",
];
const DO_WE = ["are we", "do we", "does policy", "are you", "do you"];
const ENFORCE = ["enforce", "enforcing", "require", "requiring", "need", "use", "using", "have"];
const LISTS = [
  "allow list",
  "block list",
  "allowlist",
  "blocklist",
  "key restrictions",
  "allow list or block list",
];
const SCAN = ["scan", "data", "numbers", "inventory", "last scan"];
const CHANGED = ["changed", "edited", "touched", "modified"];
const POLICIES = ["policy", "settings", "setup", "configuration", "config"];
const WHOLE = ["", "whole", "full", "entire", "complete", "raw", "all"];
const APPROVE = [
  "approve",
  "approve plans",
  "approve it",
  "approve this",
  "approve changes",
  "approve anything",
];
const CANNOT = [
  "why can't i",
  "why cant i",
  "why cannot i",
  "why can i not",
  "why may i not",
  "why am i not allowed to",
];

/** Questions that what is shown answers: whether, when, who. */
export const QUESTION_COMMANDS = [
  {
    name: "explain",
    says: [
      "is attestation enforced",
      ...each(["is", "was", "why is", "why isn't", "is there"], ["attestation"], ["", ...ON]),
      ...each(DO_WE, ENFORCE, ["attestation"]),
    ],
    takes: "nothing",
    gives: { concept: "attestation" },
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "explain",
    says: [
      "is self-service on",
      ...each(
        ["is", "why is"],
        ["self-service", "self service", "self-service registration", "self-service set-up"],
        [...ON, "allowed"],
      ),
      ...each(
        ["can", "may"],
        ["people", "users", "they"],
        ["register", "set up"],
        ["themselves", "passkeys themselves"],
      ),
    ],
    takes: "nothing",
    gives: { concept: "self-service" },
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "explain",
    says: [
      "is there an allow list",
      ...each(["is there", "are there"], ["", "any"], LISTS),
      ...each(DO_WE, ENFORCE, ["", "any"], LISTS),
      ...each(["are"], ["key restrictions", "restrictions"], ON),
    ],
    takes: "nothing",
    gives: { concept: "restrictions" },
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "status",
    says: [
      "when was the last scan",
      ...each(["when was", "how old is", "how long ago was", "how recent is", "how fresh is"], SCAN),
      ...each(
        ["how old are", "how fresh are", "how recent are"],
        ["numbers", "these numbers", "data", "figures"],
      ),
      ...each(["when did you", "when have you", "when did we"], ["", "last"], ["scan", "scanned"]),
      ...each(["when did you"], ["", "last"], ["read keys", "read passkeys", "look at keys"]),
      ...each(["is", "are"], SCAN, ["up to date", "current", "recent", "fresh", "done", "finished"]),
      ...each(
        ["is"],
        ["everything", "all"],
        ["ok", "okay", "fine", "all right", "alright", "in order", "working"],
      ),
      ...each(["everything"], ["ok", "okay", "fine", "all right", "alright", "in order"]),
      ...each(["", "are there", "do we have"], ["any problems", "any issues", "any trouble"]),
      ...each(["is there"], ["problem", "any problem", "anything wrong", "an issue"]),
      ...each(["", "is there"], ["anything"], ["wrong", "i should know", "we should know", "i need to know"]),
      ...each(
        ["are we", "is our tenant", "is tenant"],
        ["ready", "ready yet", "ready to go", "ready to go live"],
      ),
      ...each(
        ["are we", "is tenant"],
        ["ready for"],
        ["passkeys", "rollout", "everyone", "passkeys for everyone"],
      ),
      ...each(
        ["are we ready for"],
        ["passkeys for all users", "passkeys for all", "full rollout", "everybody"],
      ),
      ...each(["are we ready to"], ["enable passkeys for everyone", "roll out", "turn on passkeys"]),
      ...each(["are we"], ["safe", "secure", "on track", "done", "done yet"]),
      ...each(["show"], ["everything", "all of it"]),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "show-policy",
    says: [
      "what does the policy allow",
      ...each(
        ["what does", "what do"],
        ["policy", "we", "passkey policy"],
        ["allow", "permit", "enforce", "block"],
      ),
      ...each(
        ["what", "which keys", "which models", "which authenticators"],
        ["does policy", "do we"],
        ["allow", "permit", "accept", "block"],
      ),
      ...each(
        ["what is", "what's", "which keys are", "which models are"],
        ["not allowed", "blocked", "forbidden"],
      ),
      ...each(["show", "view", "see", "print", "dump", "get", "export", "download"], WHOLE, POLICIES),
      ...each(["", "show"], ["whole", "full", "entire", "complete", "raw"], POLICIES),
      ...each(
        ["is"],
        ["policy", "setup", "configuration"],
        ["secure", "safe", "strict", "ok", "okay", "good", "right"],
      ),
      ...each(["how secure is", "how strict is", "how good is"], ["policy", "setup", "configuration"]),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
  {
    name: "history",
    says: [
      "who changed this last",
      ...each(
        ["who"],
        ["", "last"],
        CHANGED,
        ["this", "it", "that", "policy", "settings", "something", "anything"],
        ["", "last", "lately", "recently", "today", "last week"],
      ),
      ...each(
        ["who"],
        ["did", "made"],
        ["that", "this", "it", "this change", "that change", "last change", "changes"],
      ),
      ...each(
        ["when was", "when did"],
        ["policy", "it", "this", "anything", "something"],
        ["", "last"],
        [...CHANGED, "change"],
      ),
      ...each(["when was"], ["last change", "last plan"]),
      ...each(
        ["", "is there", "do you have"],
        ["anything new", "any news", "news", "any changes", "any updates"],
      ),
      ...each(["what's", "what is", "whats"], ["new", "new here", "new in passkeys"]),
      ...each(
        ["did", "has", "was"],
        ["anything", "something", "policy"],
        ["change", "changed"],
        ["", "lately", "recently", "today", "yesterday", "since yesterday", "this week", "last week"],
      ),
      ...each(
        ["export", "download"],
        ["everything", "history", "audit log", "record", "audit trail", "all plans"],
      ),
    ],
    takes: "nothing",
    gives: { limit: 10 },
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "who-approves",
    says: [
      "am i an approver",
      ...each(["am i"], ["approver", "one of approvers", "also approver"]),
      ...each(["can i", "may i", "am i allowed to", "am i able to", "do i get to"], APPROVE),
      ...each(CANNOT, [...APPROVE, "approve my own plan", "approve my plan", "press approve"]),
      ...each(
        ["why is"],
        ["approve", "approve button", "button"],
        ["greyed out", "grey", "missing", "not there"],
      ),
      ...each(["is"], ["he", "she", "anyone", "anybody"], ["approver"]),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "about-plan",
    says: ["why can't i approve", ...each(CANNOT, ["approve", "decide", "reject"])],
    takes: "planNumber",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "evidence",
    says: [
      "evidence for # as a file",
      ...each(
        ["", "give me", "give", "show me", "send me", "get", "can i have", "could i have", "i need"],
        ["", "the"],
        ["evidence", "record", "proof", "report"],
        ["for", "of"],
        ["# as a file", "# as file", "# in a file", "# in one file", "# as a document", "# to download"],
      ),
      ...each(
        ["download", "export"],
        ["", "the", "evidence", "evidence for", "the evidence for", "evidence of"],
      ),
    ],
    takes: "planNumber",
    looks: true,
    isSaidExactly: true,
    topic: "plans",
    help: [],
  },
  {
    name: "what-if",
    says: [
      "what would it take to",
      ...each(
        ["what does it take", "what will it take", "what is needed", "what's needed", "what is required"],
        ["to"],
      ),
      ...each(
        ["what do", "what would", "what must"],
        ["i", "we"],
        ["need to do", "have to do", "need", "do"],
        ["to"],
      ),
      ...each(["are we ready to", "is it possible to", "could we safely", "can i just"]),
    ],
    takes: "change",
    looks: true,
    isSaidExactly: true,
    topic: "policy",
    help: [],
  },
] as const satisfies readonly CommandRow[];
