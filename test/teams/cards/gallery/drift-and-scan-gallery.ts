import { driftCard } from "../../../../src/teams/cards/drift/drift-card.js";
import { driftDetails } from "../../../../src/teams/cards/drift/drift-details.js";
import { foreignCard } from "../../../../src/teams/cards/parts/foreign-card.js";
import { lostScanCard } from "../../../../src/teams/cards/scan/lost-scan-card.js";
import { scanCard } from "../../../../src/teams/cards/scan/scan-card.js";
import { aDrift, ENDS, harmlessDrift, unreadDrift } from "../drift/sample-drifts.js";
import { GRACE, LATER, LOSING } from "../plan/sample-plans.js";
import { aScan, found, running } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const SHOWN = { names: "shown" } as const;
const COUNTED = { names: "counted" } as const;
const UNREAD = LOSING.map(({ id, name, isAdmin }) => ({ id, name, isAdmin, why: "403" }));

/** What was changed elsewhere, and the reading of everybody's passkeys, from beginning to end. */
export const DRIFTS_AND_SCANS: readonly Exhibit[] = [
  ["drift-open", "Somebody lost sign-in by a change elsewhere", () => driftCard(aDrift(), SHOWN)],
  ["drift-harmless", "Nobody lost anything by it", () => driftCard(harmlessDrift(), COUNTED)],
  ["drift-unread", "Not everybody could be read", () => driftCard(unreadDrift(), COUNTED)],
  ["drift-show-all", "Show all of a drift", () => driftDetails(aDrift())],
  ...ENDS.map(
    (state, at): Exhibit => [
      `drift-${state.kind}-${at + 1}`,
      `Decided: ${state.kind === "over" ? state.why.replaceAll("-", " ") : state.kind.replace("-", " ")}`,
      () => driftCard(aDrift({ state }), COUNTED),
    ],
  ),
  ["scan-running", "A scan under way", () => scanCard(running(), COUNTED)],
  [
    "scan-waiting",
    "A scan that waits for Graph",
    () => scanCard(running({ pausedUntil: LATER, secondsLeft: undefined }), COUNTED),
  ],
  [
    "scan-complete",
    "A scan that read everybody",
    () => scanCard({ kind: "finished", scan: aScan(), inventory: found() }, COUNTED),
  ],
  [
    "scan-incomplete",
    "A scan that could not read everybody",
    () =>
      scanCard(
        {
          kind: "finished",
          scan: aScan(),
          inventory: found({ unreadCount: UNREAD.length, unread: UNREAD }),
        },
        SHOWN,
      ),
  ],
  [
    "scan-cancelled",
    "A scan that was cancelled",
    () => scanCard({ kind: "cancelled", scan: aScan(), by: GRACE }, COUNTED),
  ],
  [
    "scan-failed",
    "A scan that failed",
    () => scanCard({ kind: "failed", scan: aScan(), fault: "graph-denied", why: "403" }, COUNTED),
  ],
  ["scan-lost", "A scan that is no longer kept", () => lostScanCard()],
  ["foreign", "A card from before a restore", () => foreignCard()],
];
