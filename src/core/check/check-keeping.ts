import type { BackupLook, Probes, StoreLook } from "../ports/probes.js";
import { counted } from "../words/amounts.js";
import { ownScanFinding } from "./check-own-scan.js";
import { attention, type Finding, missing, notChecked, notNeeded, works } from "./finding.js";
import type { SetUp } from "./set-up.js";

const NAMES = { id: "variable-names", title: "Names of variables" };
const NODE = { id: "node", title: "Node" };
const STORE = { id: "store", title: "The store" };
const BACKUP = { id: "backup", title: "Age of the last backup" };
const KEY = { id: "record-key", title: "The record's key (RECORD_KEY)" };
const METADATA = { id: "metadata", title: "Names of models (FIDO metadata)" };
const CONTEXT = { id: "sign-in-demands", title: "What an approver's sign-in has to carry" };
const DAY_MS = 24 * 60 * 60_000;

/** What the installation stands on and keeps. */
export async function checkKeeping(probes: Probes, setUp: SetUp, now: Date): Promise<readonly Finding[]> {
  const [store, backup, metadata] = await Promise.all([
    probes.store(),
    probes.backup(),
    checkMetadata(probes, setUp, now),
  ]);
  return [
    ...namesFinding(setUp),
    checkNode(setUp.nodeVersion),
    storeFinding(store),
    backupFinding(backup, now),
    keyFinding(setUp),
    ownScanFinding(store, setUp, now),
    metadata,
    demandsFinding(setUp),
  ];
}

/** Nothing is said where there is no doubt. */
function namesFinding({ doubtfulNames }: SetUp): readonly Finding[] {
  if (doubtfulNames.length === 0) return [];
  const looks = doubtfulNames.map(({ given, meant }) => `${given} looks like ${meant}`).join(", ");
  return [
    attention(NAMES, `${looks}, and nothing reads it.`, {
      mend: `Rename it to ${doubtfulNames[0]?.meant} if it is for Latchkey; if it is another program's, leave it.`,
    }),
  ];
}

const OLDEST = [20, 19] as const;
const RECOMMENDED = 24;

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    return missing(NODE, `This is ${version}, which is too old.`, {
      mend: `Install Node ${RECOMMENDED} (at least ${OLDEST.join(".")}).`,
    });
  const advice = major < RECOMMENDED ? `; ${RECOMMENDED} is what is recommended` : "";
  return works(NODE, `This is ${version}${advice}.`);
}

function storeFinding(store: StoreLook): Finding {
  switch (store.kind) {
    case "in-use":
      return works(STORE, `${store.what} can be read, with ${counted(store.records, "record")}.`);
    case "new":
      return works(STORE, `${store.what} is empty: the first start prepares it.`);
    case "unusable":
      return missing(STORE, `${store.what} cannot be used: ${store.why}.`, {
        mend: "Mend DATA_DIR (a folder that the bot's user may write to) or DATABASE_URL.",
      });
  }
}

/** One that is taken each day, and half a day for it to run late. */
const BACKUP_GOOD_MS = 1.5 * DAY_MS;

function backupFinding(look: BackupLook, now: Date): Finding {
  const mend = { mend: "Take one each day, and before each upgrade: npm run store -- backup." };
  switch (look.kind) {
    case "not-said":
      return notChecked(
        BACKUP,
        "A backup leaves no trace in the store: name the folder that backups are put in with BACKUP_DIR, or see yourself that one younger than a day is there (npm run store -- backup <file>, or the provider's of the database).",
      );
    case "newest": {
      const ageMs = now.getTime() - look.at.getTime();
      const found = `The newest is of ${look.at.toISOString().slice(0, 16)}Z, ${agoWords(ageMs)} (${look.file}).`;
      return ageMs <= BACKUP_GOOD_MS ? works(BACKUP, found) : attention(BACKUP, found, mend);
    }
    case "none":
      return attention(BACKUP, `There is none in ${look.folder} (BACKUP_DIR).`, mend);
    case "unreadable":
      return attention(BACKUP, `${look.folder} (BACKUP_DIR) cannot be read (${look.why}).`, {
        mend: "Make the folder, let the bot's user read it, or mend BACKUP_DIR.",
      });
  }
}

function agoWords(ageMs: number): string {
  const days = Math.floor(ageMs / DAY_MS);
  return days > 0 ? `${counted(days, "day")} ago` : "less than a day ago";
}

function keyFinding({ hasRecordKey }: SetUp): Finding {
  return hasRecordKey
    ? works(KEY, "Each record proves itself by it.")
    : notNeeded(
        KEY,
        "None is set: the record shows edits by its hashes alone. Against who can write to the database, set RECORD_KEY_FILE (openssl rand -hex 32).",
      );
}

async function checkMetadata(probes: Probes, { fidoMetadataUrl }: SetUp, now: Date): Promise<Finding> {
  const { inUse } = await probes.metadata();
  const days =
    inUse === undefined ? undefined : Math.floor((now.getTime() - inUse.fetchedAt.getTime()) / DAY_MS);
  const age =
    days === undefined
      ? "none was fetched yet"
      : `the one in use was fetched ${days === 0 ? "today" : `${counted(days, "day")} ago`}`;
  if (fidoMetadataUrl === undefined)
    return notNeeded(METADATA, `Fetching is off (FIDO_METADATA_URL); ${age}.`);
  const answer = await probes.metadataService();
  const isThere = answer.kind === "answered" && answer.status < 400;
  const said = answer.kind === "answered" ? String(answer.status) : answer.why;
  const mend = {
    mend: "Let this machine reach it on port 443, or set FIDO_METADATA_URL to nothing: then names stay as they are.",
  };
  if (!isThere) return attention(METADATA, `${fidoMetadataUrl} cannot be fetched (${said}); ${age}.`, mend);
  if (inUse?.isOverdue)
    return attention(METADATA, `There is a newer one than the one in use; ${age}.`, {
      mend: "Look at fido-metadata-failed and fido-metadata-refused in the log: they say why it is not taken.",
    });
  return works(METADATA, `${fidoMetadataUrl} answers; ${age}.`);
}

function demandsFinding({ rules: { signInDemands = [] } }: SetUp): Finding {
  if (signInDemands.length === 0) return notNeeded(CONTEXT, "Nothing beyond Entra's own rules.");
  const contexts = signInDemands.filter((demand) => /^c\d+$/.test(demand));
  const look =
    contexts.length === 0
      ? ""
      : ` See that ${contexts.join(" and ")} is there and published: Entra admin center, Conditional Access, Authentication contexts.`;
  return notChecked(
    CONTEXT,
    `${signInDemands.join(" and ")}: whether Conditional Access asks for it shows the first approval, since reading that takes a permission Latchkey does not have (AuthenticationContext.Read.All, Policy.Read.All).${look}`,
  );
}
