import type { CommandRow } from "../command-row.js";
import { each } from "./each.js";

/** Commands about groups by themselves: those passkeys are for, and those that are excluded. */
export const GROUP_COMMANDS = [
  {
    name: "add-group",
    says: ["add group", "add groups", "add the group", "add the groups"],
    takes: "groups",
    topic: "passkeys",
    help: [
      {
        usage: "add group Helpdesk",
        what: "propose to add a group to those passkeys are for; add: `in profile X`",
      },
    ],
  },
  {
    name: "add-group",
    says: [
      "add group",
      ...[
        "add the # group",
        "add # group",
        "add # to passkeys",
        "add # to the rollout",
        "add # to the pilot",
      ],
      ...each(["give", "get", "bring"], ["# passkeys"], ["", "too"]),
      ...each(["let"], ["#"], ["use passkeys", "have passkeys"], ["", "too"]),
      ...each(
        ["#"],
        ["should", "must", "can"],
        ["get", "have", "use", "be able to use"],
        ["passkeys"],
        ["", "too"],
      ),
      ...each(["make sure"], ["#"], ["can use", "gets", "get", "has", "have"], ["passkeys"]),
      ...each(["extend", "expand", "widen"], ["", "passkeys", "the rollout", "it"], ["to"]),
      ...each(["bring"], ["# on board", "on board"]),
      ...["onboard", "include # in the rollout", "roll it out to", "roll out to"],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "remove-group",
    says: ["remove group", "remove groups", "remove the group", "remove the groups"],
    takes: "groups",
    fromProfile: true,
    topic: "passkeys",
    help: [{ usage: "remove group Helpdesk", what: "propose to take it away, and see whom that cuts off" }],
  },
  {
    name: "remove-group",
    says: [
      "remove group",
      ...["remove the # group", "remove # group", "take passkeys away from", "take passkeys from"],
      ...each(["remove", "pull", "revoke", "withdraw"], ["passkeys from"]),
      ...["take # out of the rollout", "remove # from passkeys"],
    ],
    takes: "groups",
    fromProfile: true,
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "exclude-group",
    says: ["exclude group", "exclude groups", "exclude the group", "exclude the groups"],
    takes: "groups",
    topic: "passkeys",
    help: [
      {
        usage: "exclude group Contractors",
        what: "propose that its people may use no passkey, whatever else they are in",
      },
    ],
  },
  {
    name: "exclude-group",
    says: [
      "exclude",
      ...each(["everyone", "everybody", "all users", "all"], ["but", "except"]),
      ...["no passkeys for", "keep # out", "leave # out", "exempt"],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
  {
    name: "include-group",
    says: [
      "include group",
      ...each(["include"], ["group", "groups", "the group", "the groups"], ["", "# again"]),
    ],
    takes: "groups",
    topic: "passkeys",
    help: [{ usage: "include group Contractors again", what: "propose to exclude it no longer" }],
  },
  {
    name: "include-group",
    says: [
      "include group",
      ...["include # again", "include the # group again", "stop excluding", "un-exclude", "unexclude"],
      ...[
        "no longer exclude",
        "do not exclude # any more",
        "remove the exclusion of",
        "end the exclusion of",
      ],
    ],
    takes: "groups",
    mayBeChat: true,
    topic: "passkeys",
    help: [],
  },
] as const satisfies readonly CommandRow[];
