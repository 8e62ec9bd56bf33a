import type { SimUser } from "../tenant/simulated-tenant.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import { forClient } from "./odata/later-members.js";
import { answerCollection, ofRows } from "./odata/odata-page.js";

/** A person's passkeys. No query options are supported (documented); long answers come in pages. */
export function listPasskeys(world: GraphWorld, request: GraphRequest, user: SimUser): GraphAnswer {
  const rows = user.passkeys.map((passkey) => forClient(request, { ...passkey, publicKeyCredential: null }));
  return answerCollection(world, request, ofRows(rows), {
    context: `users('${user.id}')/authentication/fido2Methods`,
    pageSize: world.readings.passkeyPageSize,
  });
}
