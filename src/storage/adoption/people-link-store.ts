import { randomBytes } from "node:crypto";
import { z } from "zod";
import { textHash } from "../../core/audit/chain.js";
import type { PeopleLink, PeopleLinkStore } from "../../core/stores/adoption-store.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";

const storedLink = z.looseObject({
  tenantId: z.string(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  scanId: z.string(),
  group: z.looseObject({ id: z.string(), name: z.string() }).optional(),
  givenAt: z.string(),
  validUntil: z.string(),
});

/** Links to lists of people. A reader of the table can open none of them: of each secret only the hash is kept. */
export function createPeopleLinkStore(database: Database, recorder = new Recorder()): PeopleLinkStore {
  return {
    add: (link, entry) =>
      database.together("storing a link to a list of people", async (statements) => {
        await takeTurn(statements, link.tenantId);
        await statements.deleteFrom("people_links").where("valid_until", "<=", link.givenAt).execute();
        const secret = randomBytes(32).toString("base64url");
        await statements
          .insertInto("people_links")
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
      database.run("reading a link to a list of people", async (queries) => {
        const row = await queries
          .selectFrom("people_links")
          .select("body")
          .where("secret_hash", "=", textHash(secret))
          .where("valid_until", ">", at)
          .executeTakeFirst();
        return (
          row && (parseStored("a link to a list of people", storedLink, row.body) as unknown as PeopleLink)
        );
      }),
  };
}
