import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const SAY = ["ask", "say", "type", "write", "tell", "ask for"];
const ROOMS = ["room", "channel", "chat"];
const HERE = ["here", ...each(["to this", "in this"], ROOMS)];
const POSTING = ["stop posting", "stop sending", "don't post", "do not post", "don't send"];

/** Commands about the bot itself. */
export const BOT_COMMANDS = [
  {
    name: "approvals-here",
    says: ["approvals here", "post approvals here", "send approvals here", "approval room here"],
    takes: "nothing",
    topic: "bot",
    help: [{ usage: "approvals here", what: "post plans for approval in this conversation" }],
    inTeamsMenu: { where: "shared", description: "Post plans for approval in this conversation" },
  },
  {
    name: "approvals-here",
    says: [
      "post plans here",
      ...each(["post", "send"], ["", "all"], ["plans"], ["", "for approval"], HERE),
      ...each(["make this"], ["the", "an"], ["approval", "approvals"], ROOMS),
      ...each(["use this"], ROOMS, ["for approval", "for approvals"]),
    ],
    takes: "nothing",
    topic: "bot",
    help: [],
  },
  {
    name: "stop-approvals",
    says: ["stop approvals here"],
    takes: "nothing",
    topic: "bot",
    help: [{ usage: "stop approvals here", what: "no longer post plans for approval in this conversation" }],
  },
  {
    // A row of its own: words like "no" and "here" say nothing about which command is nearest.
    name: "stop-approvals",
    says: [
      "stop posting plans here",
      ...each(POSTING, ["", "plans", "approvals"], ["here"], ["", "any more", "anymore"]),
      ...each(["no approvals here"], ["", "any more", "anymore"]),
      ...each(["no more", "end"], ["approvals here"]),
      ...each(["stop", "no"], ["approvals in this"], ROOMS),
      ...each(["stop using this"], ROOMS, ["for approvals"]),
      ...each(["leave this"], ROOMS, ["alone"]),
      "remove this approval room",
      "this is no approval room any more",
    ],
    takes: "nothing",
    topic: "bot",
    help: [],
  },
  {
    name: "check",
    says: [
      "check",
      ...each(
        ["check", "test"],
        ["your", "the", "this"],
        ["setup", "set-up", "installation", "configuration"],
      ),
      ...each(
        ["check"],
        ["yourself", "setup", "the permissions", "your permissions", "permissions", "everything"],
      ),
      ...each(["is"], ["latchkey", "the bot"], ["set up", "set up right", "set up correctly", "healthy"]),
      ...each(["", "run the", "run"], ["doctor", "health check", "self test", "self-test"]),
      ...each(["when does"], ["the", "your"], ["secret", "certificate", "credential"], ["expire", "end"]),
    ],
    takes: "nothing",
    looks: true,
    isSaidExactly: true,
    topic: "bot",
    help: [{ usage: "check", what: "how Latchkey is set up: what works, what is missing and what mends it" }],
  },
  {
    name: "help",
    says: ["help", "?", "commands", "show help", "show commands"],
    takes: "topic",
    looks: true,
    topic: "bot",
    help: [{ usage: "help", what: "where to begin; `help models`: one topic; `help all`: this list" }],
    inTeamsMenu: { where: "everywhere", description: "Every command" },
  },
  {
    name: "help",
    says: [
      "all commands",
      ...each(["what can", "what could", "what may", "what should"], ["i", "we"], SAY, [
        "",
        "to you",
        "you",
        "here",
      ]),
      ...each(["", "the", "show the", "give me the", "a"], ["list of"], ["commands", "all commands"]),
      ...each(
        ["which", "what"],
        ["commands", "questions"],
        ["are there", "do you have", "do you know", "can i use"],
      ),
      ...each(["what do you"], ["understand", "know", "offer"]),
      ...each(["how do you", "how does this", "how does latchkey"], ["work"]),
      ...each(["what can i", "what can we"], ["do with you", "use you for", "ask you"]),
      ...["help me", "what are my options", "what are the commands"],
    ],
    written: "help",
    takes: "topic",
    looks: true,
    isSaidExactly: true,
    topic: "bot",
    help: [],
  },
] as const satisfies readonly CommandRow[];
