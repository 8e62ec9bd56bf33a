import type { CommandRow } from "../command-row.js";

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
    name: "help",
    says: ["help", "?", "commands", "show help", "show commands"],
    takes: "topic",
    looks: true,
    topic: "bot",
    help: [{ usage: "help", what: "where to begin; `help models`: one topic; `help all`: this list" }],
    inTeamsMenu: { where: "everywhere", description: "Every command" },
  },
] as const satisfies readonly CommandRow[];
