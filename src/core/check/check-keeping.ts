import type { Probes, StoreLook } from "../ports/probes.js";
import { counted } from "../words/amounts.js";
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
  const [store, metadata] = await Promise.all([probes.store(), checkMetadata(probes, setUp, now)]);
  return [
    ...namesFinding(setUp),
    checkNode(setUp.nodeVersion),
    storeFinding(store),
    notChecked(
      BACKUP,
      "None is known: a backup leaves no trace in the store. See that one younger than a day is there (npm run store -- backup <file>, docs/operations.md).",
    ),
    keyFinding(setUp),
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
  return notChecked(
    CONTEXT,
    `${signInDemands.join(" and ")}: whether Conditional Access asks for it shows the first approval, since reading that takes a permission Latchkey does not have.`,
  );
}
