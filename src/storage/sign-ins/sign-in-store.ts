import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { textHash } from "../../core/audit/chain.js";
import type { Instant } from "../../core/person.js";
import type { SignInOffer, SignInStore } from "../../core/stores/sign-in-store.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import type { Queries } from "../schema.js";

const storedOffer = z.looseObject({
  tenantId: z.string(),
  planNumber: z.int().positive(),
  revision: z.int().positive(),
  digest: z.string(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  conversation: z.string(),
  validUntil: z.string(),
});

/** No browser has set out. No hash is empty. */
const NO_BROWSER = "";

/**
 * A reader of the table can open no link and finish no sign-in; a writer cannot turn one that a person holds to another
 * plan, since the seal takes the link's secret.
 */
export function createSignInStore(database: Database): SignInStore {
  return {
    offer: (offer) =>
      database.together("storing an offer to sign in", async (statements) => {
        await statements.deleteFrom("sign_ins").where("valid_until", "<=", offer.offeredAt).execute();
        const link = newSecret();
        const body = JSON.stringify(offer);
        await statements
          .insertInto("sign_ins")
          .values({
            link_hash: textHash(link),
            valid_until: offer.validUntil,
            body,
            seal: sealOf(link, body),
            browser_hash: NO_BROWSER,
          })
          .execute();
        return link;
      }),

    find: (link, at) =>
      database.run("reading an offer to sign in", async (queries) => {
        const row = await rowOf(queries, link).executeTakeFirst();
        return row && offerIn(row, link, at);
      }),

    setOut: (link, at) =>
      database.together("setting out to sign in", async (statements) => {
        const browser = newSecret();
        const { numUpdatedRows } = await statements
          .updateTable("sign_ins")
          .set({ browser_hash: textHash(browser) })
          .where("link_hash", "=", textHash(link))
          .where("valid_until", ">", at)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n ? browser : undefined;
      }),

    comeBack: (link, browser, at) =>
      database.together("coming back from signing in", async (statements) => {
        const row = await rowOf(statements, link)
          .where("browser_hash", "=", textHash(browser))
          .executeTakeFirst();
        if (row === undefined) return undefined;
        // Of two that come at once, one deletes it.
        const { numDeletedRows } = await statements
          .deleteFrom("sign_ins")
          .where("link_hash", "=", textHash(link))
          .where("browser_hash", "=", textHash(browser))
          .executeTakeFirstOrThrow();
        return numDeletedRows === 1n ? offerIn(row, link, at) : undefined;
      }),
  };
}

const newSecret = (): string => randomBytes(32).toString("base64url");

const sealOf = (link: string, body: string): string => createHmac("sha256", link).update(body).digest("hex");

function rowOf(queries: Queries, link: string) {
  return queries.selectFrom("sign_ins").select(["body", "seal"]).where("link_hash", "=", textHash(link));
}

/** What was offered; undefined when its time is up, or the row says something else than it did then. */
function offerIn(
  { body, seal }: { body: string; seal: string },
  link: string,
  at: Instant,
): SignInOffer | undefined {
  if (seal !== sealOf(link, body)) return undefined;
  const offer = parseStored("an offer to sign in", storedOffer, body) as unknown as SignInOffer;
  return offer.validUntil > at ? offer : undefined;
}
