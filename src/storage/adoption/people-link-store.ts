import { z } from "zod";
import type { PeopleLinkStore } from "../../core/stores/adoption-store.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { secretLinks } from "../links/secret-links.js";

const storedLink = z.looseObject({
  tenantId: z.string(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  scanId: z.string(),
  group: z.looseObject({ id: z.string(), name: z.string() }).optional(),
  givenAt: z.string(),
  validUntil: z.string(),
});

/** Links to lists of people. */
export function createPeopleLinkStore(database: Database, recorder = new Recorder()): PeopleLinkStore {
  const called = "a link to a list of people";
  return secretLinks(database, recorder, { table: "people_links", called, form: storedLink });
}
