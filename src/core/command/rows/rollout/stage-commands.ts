import type { CommandRow } from "../../command-row.js";
import { each } from "../each.js";

const NEXT = ["next stage", "next wave", "next group", "next step of the rollout", "next rollout stage"];
/** With a colon behind it as well, where a list follows. */
const withColon = (said: readonly string[]): readonly string[] => said.flatMap((each) => [each, `${each}:`]);
const STAGES = ["stages", "rollout stages", "stages of the rollout", "rollout plan", "stage list"];

/** Commands about a rollout in stages: the order that a person writes down, how it stands, and what comes next. */
export const STAGE_COMMANDS = [
  {
    name: "write-stages",
    says: ["rollout", "rollout:"],
    takes: "stages",
    isSaidExactly: true,
    topic: "passkeys",
    help: [
      {
        usage: "rollout Pilot, IT, Finance, everyone",
        what: "write down the order in which groups get passkeys; nothing is proposed by it",
      },
    ],
  },
  {
    name: "write-stages",
    says: [
      "rollout stages",
      ...withColon([
        ...each(["", "set", "set the", "write", "our", "the", "plan the", "new"], ["rollout stages"]),
        ...each(["set", "write down", "plan", "set up"], ["rollout", "the rollout", "the stages", "stages"]),
        ...each(["roll out", "roll passkeys out"], ["in stages", "in waves", "in this order"]),
        ...["rollout order", "the order of the rollout"],
      ]),
      ...["the rollout order is", "the order is", "our rollout order is"],
      ...["the stages are", "our stages are", "stages:", "the rollout is", "our rollout is"],
    ],
    takes: "stages",
    isSaidExactly: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "stages",
    says: [
      "pilot status",
      ...each(["", "show", "show me", "list"], ["", "the", "our"], STAGES),
      ...each(
        ["", "show", "what is the", "what's the"],
        ["", "the"],
        ["status of"],
        ["the pilot", "our pilot"],
      ),
      ...each(["show", "show me"], ["", "the"], ["pilot", "pilot status", "rollout"]),
      ...each(
        ["", "how is the", "how's the", "how is our", "how's our", "how goes the"],
        ["pilot"],
        ["", "status", "going", "doing"],
      ).slice(1),
      ...each(["how goes it with", "how are we doing with"], ["the pilot", "the stages", "the rollout"]),
      ...each(["where is", "where does"], ["the rollout", "the pilot"], ["", "standing", "stand"]),
      ...each(
        ["what", "which stage", "which group", "who"],
        ["comes next", "is next"],
        ["in the rollout", "in our rollout"],
      ),
      ...each(["is the pilot"], ["ready", "done", "finished", "ready for everybody", "ready for everyone"]),
      ...each(
        ["which", "what"],
        ["stage", "stages"],
        ["are we at", "are we in", "is the rollout in", "is next"],
      ),
      ...each(["how far is"], ["the pilot", "each stage", "the rollout"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "passkeys",
    help: [
      { usage: "pilot status", what: "each stage of the rollout, and how many of its people have a passkey" },
    ],
  },
  {
    name: "next-stage",
    says: [
      "next stage",
      ...each(["", "propose", "begin", "start", "enable", "go to", "move to", "do"], ["", "the"], NEXT),
      ...each(["promote"], ["to", "pilot to", "the pilot to"], ["the next stage", "next stage"]),
      ...[
        "advance the rollout",
        "advance to the next stage",
        "continue the rollout",
        "go on with the rollout",
      ],
    ],
    takes: "nothing",
    topic: "passkeys",
    help: [{ usage: "next stage", what: "propose passkeys for the first stage that has none" }],
  },
  {
    name: "end-stages",
    says: [
      "forget the stages",
      ...each(["forget", "delete", "clear", "drop", "remove", "end"], ["", "the"], STAGES),
      ...each(["forget", "clear"], ["the rollout", "the order of the rollout"]),
    ],
    takes: "nothing",
    isSaidExactly: true,
    topic: "passkeys",
    help: [],
  },
] as const satisfies readonly CommandRow[];
