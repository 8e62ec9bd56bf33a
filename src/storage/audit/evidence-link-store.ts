import { randomBytes } from "node:crypto";
import { z } from "zod";
import { textHash } from "../../core/audit/chain.js";
import type { EvidenceLink, EvidenceLinkStore } from "../../core/stores.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";
import { Recorder } from "./recorder.js";

const storedLink = z.looseObject({
  tenantId: z.string(),
  planNumber: z.int().positive(),
  planNumbers: z.array(z.int().positive()).optional(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  givenAt: z.string(),
  validUntil: z.string(),
});

/** Links to evidence. A reader of the table can open none of them: of each secret only the hash is kept. */
export function createEvidenceLinkStore(database: Database, recorder = new Recorder()): EvidenceLinkStore {
  return {
    add: (link, entry) =>
      database.together("storing a link to evidence", async (statements) => {
        await takeTurn(statements, link.tenantId);
        await statements.deleteFrom("evidence_links").where("valid_until", "<=", link.givenAt).execute();
        const secret = randomBytes(32).toString("base64url");
        await statements
          .insertInto("evidence_links")
          .values({
            secret_hash: textHash(secret),
            valid_until: link.validUntil,
            body: JSON.stringify(link),
          })
          .execute();
        await recorder.record(statements, entry);
        return secret;
      }),

    find: (secret, at) =>
      database.run("reading a link to evidence", async (queries) => {
        const row = await queries
          .selectFrom("evidence_links")
          .select("body")
          .where("secret_hash", "=", textHash(secret))
          .where("valid_until", ">", at)
          .executeTakeFirst();
        if (row === undefined) return undefined;
        return parseStored("a link to evidence", storedLink, row.body) as unknown as EvidenceLink;
      }),
  };
}
