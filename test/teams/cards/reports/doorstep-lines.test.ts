import { describe, expect, it } from "vitest";
import type { Doorstep } from "../../../../src/core/report/standing/blocked.js";
import { doorstepLines } from "../../../../src/teams/cards/reports/standing/doorstep-lines.js";
import { elementsOf } from "../adaptive-card-schema.js";

const NO_GROUPS = { groupNames: {}, groupFacts: {} };

function said(doorstep: Doorstep): string {
  return doorstepLines(doorstep, NO_GROUPS)
    .flatMap((line) => elementsOf({ body: [line] }, "TextBlock"))
    .map(({ text }) => text)
    .join("\n");
}

describe("who was refused a passkey", () => {
  it("is told apart: none, none that the log shows, and a log that was not read", () => {
    const states: readonly Doorstep[] = [
      { kind: "none", lastAt: "2026-11-12T10:00:00.000Z" },
      { kind: "never-seen", days: 30, isWhole: true },
      { kind: "never-seen", days: 7, isWhole: false },
      { kind: "unread" },
      { kind: "unread", fault: "graph-denied" },
      { kind: "unread", fault: "graph-no-licence" },
      { kind: "unread", fault: "graph-unavailable" },
    ];
    expect(states.map(said)).toEqual([
      "**Blocked at the door:** nobody in the last 7 days by Entra's audit log; the last one {{DATE(2026-11-12T10:00:00Z, COMPACT)}} {{TIME(2026-11-12T10:00:00Z)}}",
      "**Blocked at the door:** none seen in Entra's audit log of the last 30 days. Entra may not log refused registrations, so this does not show that there were none.",
      "**Blocked at the door:** none seen in the part that was read of Entra's audit log of the last 7 days. Entra may not log refused registrations, so this does not show that there were none.",
      "**Blocked at the door:** not known: Entra's audit log took too long to read. Say `status` again later.",
      "**Blocked at the door:** not known: Latchkey may not read Entra's audit log. `check` says what is missing.",
      "**Blocked at the door:** not known: this tenant's licence does not include reading Entra's audit log.",
      "**Blocked at the door:** not known: Entra's audit log could not be read. Say `status` again later; `check` says what does not work.",
    ]);
  });
});
