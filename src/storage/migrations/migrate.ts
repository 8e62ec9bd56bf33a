import { type Migration, Migrator } from "kysely";
import type { Database } from "../engine/database.js";
import { firstSchema } from "./001-first-schema.js";
import { sealedPlans } from "./002-sealed-plans.js";
import { takenMessages } from "./003-taken-messages.js";
import { signIns } from "./004-sign-ins.js";
import { modelNotices } from "./005-model-notices.js";
import { digests } from "./006-digests.js";
import { adoptionSamples } from "./007-adoption-samples.js";
import { rolloutStages } from "./008-rollout-stages.js";
import { ownScanPauses } from "./009-own-scan-pauses.js";
import { peopleOfChats } from "./010-people-of-chats.js";

/** By name, in the order of the names. One that was released never changes. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "001-first-schema": firstSchema,
  "002-sealed-plans": sealedPlans,
  "003-taken-messages": takenMessages,
  "004-sign-ins": signIns,
  "005-model-notices": modelNotices,
  "006-digests": digests,
  "007-adoption-samples": adoptionSamples,
  "008-rollout-stages": rolloutStages,
  "009-own-scan-pauses": ownScanPauses,
  "010-people-of-chats": peopleOfChats,
};

/**
 * Brings the tables to what this version needs.
 * @param migrations those of a test, which may end earlier or fail
 * @throws Fault, also for a database of a newer version
 */
export async function migrate(database: Database, migrations = MIGRATIONS): Promise<void> {
  await database.migrating("preparing its tables", async (queries) => {
    const provider = { getMigrations: async () => ({ ...migrations }) };
    const { error } = await new Migrator({ db: queries, provider }).migrateToLatest();
    if (error instanceof Error && error.message.startsWith("corrupted migrations")) {
      throw new Error("the database was written by a newer version of Latchkey; run that one", {
        cause: error,
      });
    }
    if (error !== undefined) throw error;
  });
}
