import { z } from "zod";
import type { EvidenceLinkStore } from "../../core/stores.js";
import type { Database } from "../engine/database.js";
import { secretLinks } from "../links/secret-links.js";
import { Recorder } from "./recorder.js";

const storedLink = z.looseObject({
  tenantId: z.string(),
  planNumber: z.int().positive(),
  planNumbers: z.array(z.int().positive()).optional(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  givenAt: z.string(),
  validUntil: z.string(),
});

/** Links to evidence. */
export function createEvidenceLinkStore(database: Database, recorder = new Recorder()): EvidenceLinkStore {
  return secretLinks(database, recorder, {
    table: "evidence_links",
    called: "a link to evidence",
    form: storedLink,
  });
}
