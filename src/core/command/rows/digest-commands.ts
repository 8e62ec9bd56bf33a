import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const THE = ["", "the", "the weekly", "weekly", "this"];
const CALLED = ["digest", "digests", "weekly card", "weekly report", "weekly summary", "summary card"];

/** Commands about what is posted every week. */
export const DIGEST_COMMANDS = [
  {
    name: "digest",
    says: [
      "digest",
      ...each(
        ["show", "show me", "post", "give me", "send me", "send"],
        ["the", "the weekly", "a", "this week's"],
        CALLED,
      ),
      ...each(["weekly", "this week's", "show"], CALLED),
      ...CALLED.filter((name) => name.startsWith("weekly")),
      ...each(["the digest", "digest"], ["of", "from", "for"], ["this week", "the week"]),
      ...each(["how was", "how did"], ["the week", "this week"], ["", "go"]),
      ...each(["is"], ["the digest"], ["on", "off", "posted", "turned on", "turned off"]),
      ...each(["when is", "when does"], ["the digest", "the next digest"], ["", "posted", "come", "due"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "bot",
    help: [{ usage: "digest", what: "the week on one card, as it is posted in the approval rooms" }],
  },
  {
    name: "turn-digest",
    says: [
      "digest off",
      ...each(
        ["turn off", "switch off", "stop", "disable", "mute", "cancel", "end", "no", "no more"],
        THE,
        CALLED,
      ),
      ...each(["turn", "switch"], THE, CALLED, ["off"]),
      ...each(["stop", "don't", "do not", "quit"], ["posting", "sending", "post", "send"], THE, CALLED),
      ...each(["unsubscribe", "unsubscribe from"], THE, CALLED),
    ],
    takes: "nothing",
    gives: { to: "off" },
    topic: "bot",
    help: [
      { usage: "digest off", what: "no longer post the week in the approval rooms; `digest on`: again" },
    ],
  },
  {
    name: "turn-digest",
    says: [
      "digest on",
      ...each(["turn on", "switch on", "start", "enable", "unmute", "resume", "bring back"], THE, CALLED),
      ...each(["turn", "switch"], THE, CALLED, ["on", "back on", "on again"]),
      ...each(["subscribe", "subscribe to", "post", "send"], ["the"], CALLED, [
        "again",
        "every week",
        "weekly",
      ]),
    ],
    takes: "nothing",
    gives: { to: "on" },
    topic: "bot",
    help: [],
  },
] as const satisfies readonly CommandRow[];
