import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { textHash } from "../../core/audit/chain.js";
import type { AuditEntry } from "../../core/audit/record.js";
import type { Instant, TenantId } from "../../core/person.js";
import type { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";

interface Link {
  readonly tenantId: TenantId;
  readonly givenAt: Instant;
  readonly validUntil: Instant;
}

/** Links that open something for a while, by a secret. */
export interface SecretLinks<Given extends Link> {
  /** @returns the secret @throws Fault */
  add(link: Given, entry: AuditEntry): Promise<string>;
  /** @returns what it opens at that moment @throws Fault */
  find(secret: string, at: Instant): Promise<Given | undefined>;
}

/** One kind of them. */
interface Kind {
  /** Both tables have the same columns. */
  readonly table: "evidence_links" | "people_links";
  /** "a link to evidence". */
  readonly called: string;
  readonly form: z.ZodType;
}

/** A reader of the table can open none of them: of each secret only the hash is kept. */
export function secretLinks<Given extends Link>(
  database: Database,
  recorder: Recorder,
  { table, called, form }: Kind,
): SecretLinks<Given> {
  return {
    add: (link, entry) =>
      database.together(`storing ${called}`, async (statements) => {
        await takeTurn(statements, link.tenantId);
        await statements.deleteFrom(table).where("valid_until", "<=", link.givenAt).execute();
        const secret = randomBytes(32).toString("base64url");
        const { validUntil: valid_until } = link;
        await statements
          .insertInto(table)
          .values({ secret_hash: textHash(secret), valid_until, body: JSON.stringify(link) })
          .execute();
        await recorder.record(statements, entry);
        return secret;
      }),

    find: (secret, at) =>
      database.run(`reading ${called}`, async (queries) => {
        const row = await queries
          .selectFrom(table)
          .select("body")
          .where("secret_hash", "=", textHash(secret))
          .where("valid_until", ">", at)
          .executeTakeFirst();
        return row && (parseStored(called, form, row.body) as Given);
      }),
  };
}
