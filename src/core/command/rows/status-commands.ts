import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

const ROLLOUT = ["rollout", "roll-out", "passkey rollout", "pilot"];
const PEOPLE = ["people", "users", "accounts", "employees", "admins", "administrators"];

const PASSKEYS = ["passkeys", "passkey", "passkey sign-in", "fido2"];
const NONE = ["no passkey", "no passkeys", "not registered", "not registered a passkey", "not enrolled"];

/** Commands about how far the rollout is. */
export const STATUS_COMMANDS = [
  {
    name: "status",
    says: [
      "status",
      ...each(["show", "current", "the", "give me", "give me the", "show me the"], ["status"]),
      ...each(["what is", "what's", "whats"], ["the", "our", "the current"], ["status", "state of play"]),
      ...each(["tell me", "show"], ["the"], ["current state", "state of play"]),
      ...each(["", "give me an", "show me an", "show"], ["overview"]),
      ...each(["", "show", "show the"], ["dashboard"]),
      ...each(["how do", "where do"], ["we stand"]),
      ...each(["how are", "how far are", "where are"], ["we", "we with passkeys"]),
      ...each(["how is", "how's", "how goes"], ["the"], ROLLOUT, ["", "going", "doing", "coming along"]),
      ...each(["rollout"], ["", "progress", "status", "report"]),
      ...each(
        ["how many"],
        [...PEOPLE, "of us"],
        ["have", "registered", "have registered"],
        ["passkeys", "a passkey"],
      ),
      ...each(
        ["what percentage is", "how many are", "how many people are"],
        ["enrolled", "registered", "covered"],
      ),
      ...each(["why are", "why is", "since when are", "since when is"], PASSKEYS, [
        "on",
        "off",
        "disabled",
        "enabled",
      ]),
      ...each(["how many"], PEOPLE, ["have already", "already have"], ["passkeys", "a passkey"]),
      "how many passkeys do we have",
      "how many passkeys are there",
      "who has a passkey",
      "who has passkeys",
      "numbers for the steering committee",
      "health check",
      ...each(
        ["who could not", "who couldn't", "who was not able to", "who wasn't able to", "who failed to"],
        ["register", "register a passkey", "set up a passkey"],
      ),
      ...each(
        ["", "show", "show the", "any"],
        ["blocked", "failed", "refused"],
        ["registrations", "passkey registrations"],
        ["", "last week", "this week"],
      ),
      ...each(
        ["was anyone", "was anybody", "who was"],
        ["blocked", "refused"],
        ["at registration", "at the door", "when registering"],
      ),
      ...each(["are you"], ["set up correctly", "set up", "working", "working properly", "ok"]),
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [
      {
        usage: "status",
        what: "how the rollout stands: on or off, for whom, how many have a passkey, what waits",
      },
    ],
    inTeamsMenu: { where: "personal", description: "How the rollout stands" },
  },
  {
    name: "without-passkey",
    says: [
      "who has no passkey",
      ...each(["who", "who still", "which users", "which people"], ["has", "have"], NONE, ["", "yet"]),
      ...each(
        ["who is", "who's"],
        ["missing", "still missing", "not enrolled", "without a passkey", "left", "still left"],
      ),
      ...each(
        ["who", "which users", "which people", "which admins"],
        ["has", "have"],
        ["", "still"],
        ["no passkey", "no passkeys"],
      ),
      ...each(
        ["who do we", "who do i", "whom do we"],
        ["", "still"],
        ["need to", "have to"],
        ["chase", "remind"],
      ),
      ...each(
        ["who"],
        ["didn't", "did not", "hasn't", "has not"],
        ["register", "registered"],
        ["a passkey", "a passkey yet"],
      ),
      ...each(
        ["people who", "users who", "those who"],
        ["have not yet", "have not", "don't have"],
        ["a passkey"],
      ),
      ...each(
        ["", "the"],
        ["remaining", "last"],
        ["users", "people"],
        ["", "without a passkey", "without passkey"],
      ),
      ...each(
        ["who"],
        ["needs", "still needs", "hasn't got", "doesn't have", "does not have"],
        ["a passkey"],
      ),
      ...each(
        ["", "list", "show", "show me"],
        ["users", "people", "everybody", "everyone"],
        ["without", "with no"],
        ["a passkey", "passkey", "passkeys"],
      ),
      ...each(
        ["how many", "how many people", "how many users"],
        ["have", "still have"],
        ["no passkey", "no passkeys"],
      ),
    ],
    takes: "nothing",
    looks: true,
    topic: "policy",
    help: [{ usage: "who has no passkey", what: "those passkeys are for and who registered none" }],
  },
] as const satisfies readonly CommandRow[];
