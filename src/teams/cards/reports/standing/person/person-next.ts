import { unreachable } from "../../../../../core/errors.js";
import type { PersonReport } from "../../../../../core/report/standing/person/person-report.js";
import { type Remedy, remediesFor } from "../../../../../core/report/standing/person/remedies.js";
import { people } from "../../../../../core/words/amounts.js";
import { clip, oneLine } from "../../../../../core/words/one-line.js";
import { buttonRows } from "../../../parts/button-rows.js";
import type { CardElement } from "../../../parts/card.js";
import { smallLine, subtle, text } from "../../../parts/card-parts.js";
import { sayButton } from "../../../parts/say-button.js";
import { profileWords } from "./obstacle-words.js";

/** A phone has room for so much on a button. */
const LONGEST_TITLE = 34;

/** What helps this person, each a button that asks for a plan; or what the policy cannot tell. */
export function nextSteps(report: PersonReport): readonly CardElement[] {
  const { inventory, passkeys, policy } = report;
  const options = { separator: true, spacing: "medium" } as const;
  const remedies = remediesFor(report);
  const scan: readonly CardElement[] =
    inventory === undefined || passkeys === undefined
      ? [smallLine(["Next: ", { command: "scan" }, ", then ask again."], options)]
      : [];
  if (remedies.length > 0) {
    return [
      ...scan,
      subtle("What can be proposed; its plan shows whom else it reaches:", { spacing: "medium" }),
      ...remedies.flatMap((remedy) => [
        ...beside(remedy),
        ...buttonRows([sayButton(remedy.say, clip(titleOf(remedy, report), LONGEST_TITLE))]),
      ]),
    ];
  }
  if (scan.length > 0) return scan;
  const works = policy.state === "enabled" && passkeys?.some(({ usable }) => usable !== "no");
  return [
    smallLine(
      works
        ? [
            "A key that the policy lets in and that still fails is another matter: a new registration, Bluetooth, or a Conditional Access policy. Next: ",
            { command: "show policy" },
            ".",
          ]
        : ["Next: ", { command: "show policy" }, " or ", { command: "status" }, "."],
      options,
    ),
  ];
}

function titleOf(remedy: Remedy, { passkeys, groupNames }: PersonReport): string {
  switch (remedy.kind) {
    case "turn-on":
      return "Turn passkeys on";
    case "include":
      return `Include ${oneLine(groupNames[remedy.group] ?? remedy.group)} again`;
    case "add": {
      const { name, people: count } = remedy.group;
      return `Add ${oneLine(name)}${count === undefined ? "" : ` (${people(count)})`}`;
    }
    case "give-profile":
      return `Give ${oneLine(groupNames[remedy.group] ?? remedy.group)} the default profile`;
    case "allow": {
      const known = passkeys?.find(({ aaguid }) => aaguid === remedy.aaguid)?.known;
      return `Allow ${oneLine(known?.name ?? remedy.aaguid)}`;
    }
    default:
      return unreachable(remedy);
  }
}

/** What no button has room for. */
function beside(remedy: Remedy): readonly CardElement[] {
  if (remedy.kind !== "allow" || remedy.profile === undefined) return [];
  const kind =
    remedy.admits === undefined
      ? ""
      : `, which then takes ${remedy.admits === "synced" ? "synced" : "device-bound"} passkeys as well`;
  return [text(`In ${profileWords(remedy.profile)}${kind}:`, { size: "small", spacing: "small" })];
}
