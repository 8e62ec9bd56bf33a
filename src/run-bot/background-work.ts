import type { MetadataSource } from "../catalogue/metadata-source.js";
import type { CredentialLook } from "../core/check/set-up.js";
import { dropInventories } from "../core/duties/drop-inventories.js";
import { lookAfterPlans } from "../core/duties/look-after-plans.js";
import { sampleAdoption } from "../core/duties/sample-adoption.js";
import { scanByItself } from "../core/duties/scan-by-itself.js";
import { watchCredential } from "../core/duties/watch-credential.js";
import { watchEmergencyAccounts } from "../core/duties/watch-emergency-accounts.js";
import { watchPolicy } from "../core/duties/watch-policy.js";
import { watchRecord } from "../core/duties/watch-record.js";
import type { DigestTime } from "../core/news/digest.js";
import { tellDigest } from "../core/news/tell-digest.js";
import { watchModels } from "../core/news/watch-models.js";
import { resumeScans } from "../core/plan/answer-deferred.js";
import type { Ports, Rules } from "../core/ports.js";
import type { OwnScanner } from "../core/scan/scanner.js";
import { BackgroundTasks } from "./background-tasks.js";

/** How often open plans are looked after: expiry shows within this time. */
const SETTLE_EVERY_MS = 15_000;
/** How often an interrupted scan is looked for. */
const RESUME_EVERY_MS = 15_000;
/** How soon a scan that no person asks for begins when it is due. */
const OWN_SCAN_EVERY_MS = 10_000;
/** How soon the process that runs a scan notices that it was joined or cancelled elsewhere. */
const SYNC_SCAN_EVERY_MS = 1_000;
/** How soon a process that writes nothing notices that the store was put back to an earlier state. */
const WATCH_RECORD_EVERY_MS = 2_000;
/** How often it is asked whether the emergency accounts are to be looked up: while something is wrong, each time. */
const EMERGENCY_EVERY_MS = 300_000;
/** How soon after a scan news of models are looked for, and how soon a digest comes when it is due. */
const NEWS_EVERY_MS = 5_000;
/** How soon after a scan the sample of its day is taken. */
const ADOPTION_EVERY_MS = 15_000;
/** How long these wait after Graph did not answer them. */
const AFTER_REFUSAL = { afterFailureMs: 60_000 } as const;
/** How often it is asked whether the app is to try to sign in: while it cannot, each time. */
const CREDENTIAL_EVERY_MS = 60_000;
/** How soon an inventory goes once it is older than it may be. */
const RETENTION_EVERY_MS = 3_600_000;
/** How often it is asked whether the FIDO metadata is to be fetched. */
const METADATA_EVERY_MS = 60_000;

interface Means {
  readonly scanner: OwnScanner;
  readonly metadata: MetadataSource;
  readonly driftCheckMinutes: number;
  readonly retentionDays: number;
  /** 0: it scans only when a person asks. */
  readonly scanEveryHours: number;
  /** undefined: no week is told. */
  readonly digestTime: DigestTime | undefined;
  readonly credential: CredentialLook;
  /** Signs the app in, or gives the token there is. */
  readonly signIn: () => Promise<unknown>;
  /** A number that grows whenever another process was found gone. */
  readonly goneCount: () => number;
}

/**
 * Begins everything the bot does without being asked. What one process at a time does, the one does that holds the
 * duty; the others look now and then whether it is still there.
 */
export function beginBackgroundWork(
  ports: Ports,
  rules: Rules,
  {
    scanner,
    metadata,
    driftCheckMinutes,
    retentionDays,
    scanEveryHours,
    digestTime,
    goneCount,
    credential,
    signIn,
  }: Means,
): BackgroundTasks {
  const tasks = new BackgroundTasks(ports.log);
  tasks.every(SETTLE_EVERY_MS, "plans", lookAfterPlans(ports, rules, goneCount));
  tasks.every(RESUME_EVERY_MS, "scans", () => resumeScans(ports, rules));
  if (scanEveryHours > 0)
    tasks.every(OWN_SCAN_EVERY_MS, "own scan", scanByItself(ports, rules, scanEveryHours));
  tasks.every(WATCH_RECORD_EVERY_MS, "record", watchRecord(ports, rules));
  tasks.every(SYNC_SCAN_EVERY_MS, "scan under way", () => scanner.syncWithStore());
  tasks.every(EMERGENCY_EVERY_MS, "emergency accounts", watchEmergencyAccounts(ports, rules));
  tasks.every(CREDENTIAL_EVERY_MS, "credential", watchCredential(ports, credential, signIn));
  tasks.every(NEWS_EVERY_MS, "news of models", watchModels(ports, rules), AFTER_REFUSAL);
  if (digestTime !== undefined) tasks.every(NEWS_EVERY_MS, "digest", tellDigest(ports, rules, digestTime));
  tasks.every(ADOPTION_EVERY_MS, "adoption", sampleAdoption(ports, rules), AFTER_REFUSAL);
  // 0 turns it off.
  if (driftCheckMinutes > 0) {
    tasks.every(driftCheckMinutes * 60_000, "drift", () => watchPolicy(ports, rules));
  }
  tasks.every(RETENTION_EVERY_MS, "inventories", dropInventories(ports, rules, retentionDays));
  tasks.every(METADATA_EVERY_MS, "metadata", () => metadata.refreshIfDue());
  return tasks;
}
