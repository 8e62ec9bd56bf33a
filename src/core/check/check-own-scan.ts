import type { StoreLook } from "../ports/probes.js";
import { ownScanDue } from "../scan/own-scan.js";
import { counted } from "../words/amounts.js";
import { attention, type Finding, notChecked, notNeeded, works } from "./finding.js";
import type { SetUp } from "./set-up.js";

const OWN_SCAN = { id: "own-scan", title: "The scan that Latchkey makes by itself (SCAN_EVERY_HOURS)" };
const HOUR_MS = 60 * 60_000;
const FIRST = "No scan is kept: it begins once a person has asked for the first.";
/** By then it has begun, unless something holds it up that is not in the store. */
const LATE_MS = 6 * HOUR_MS;

/** Whether what rests on scans is kept up where no person asks for one. */
export function ownScanFinding(
  store: StoreLook,
  { scanEveryHours }: Pick<SetUp, "scanEveryHours">,
  now: Date,
): Finding {
  if (scanEveryHours === 0)
    return notNeeded(OWN_SCAN, "It is off: news of models and the course of adoption wait for `scan`.");
  if (store.kind === "unusable") return notChecked(OWN_SCAN, "There is no store to look into.");
  if (store.kind === "new") return notNeeded(OWN_SCAN, FIRST);
  const { latest, pause } = store.scans;
  if (pause?.kind === "failed") {
    return attention(
      OWN_SCAN,
      `It did not succeed the last ${pause.times === 1 ? "time" : `${pause.times} times`} (${pause.fault}, ${pause.at}), and is tried again at growing intervals.`,
      {
        mend: "Mend what is MISSING here; where nothing is, own-scan-failed in the log says why. `scan` in the chat tries at once.",
      },
    );
  }
  if (latest === undefined) return notNeeded(OWN_SCAN, FIRST);
  const due = ownScanDue({ everyMs: scanEveryHours * HOUR_MS, latest, hasScanned: true, pause });
  const hours = Math.floor((now.getTime() - Date.parse(latest.finishedAt)) / HOUR_MS);
  const found = `The last scan ended ${hours <= 0 ? "within the hour" : `${counted(hours, "hour")} ago`}, begun by ${latest.begunBy === "latchkey" ? "Latchkey itself" : "a person"}`;
  if (due !== undefined && now.getTime() - due.getTime() > LATE_MS)
    return attention(OWN_SCAN, `${found}: the next one is late.`, {
      mend: "See that the bot runs; a plan that takes something away, and is open, holds it up until SCAN_MAX_AGE_HOURS.",
    });
  return works(OWN_SCAN, `${found}.`);
}
