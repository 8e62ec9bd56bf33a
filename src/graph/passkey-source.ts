import type { AccountRef } from "../core/inventory/inventory.js";
import { type PersonId, personId } from "../core/person.js";
import type { Clock, PasskeyAnswer, PasskeySource } from "../core/ports.js";
import type { AppGraph } from "./app-graph.js";
import { BATCH_SIZE, readPasskeyBatch } from "./passkey-batch.js";
import { registrationRow, userRow } from "./wire.js";

/** `methodsRegistered` is an open list; these are its names for passkeys, old and new ones. */
const PASSKEY_METHOD = /^(passkey|fido)/i;

/** Reads who registered passkeys, and which, with the app's read-only permissions. */
export function passkeySource(graph: AppGraph, clock: Clock): PasskeySource {
  return {
    async reportedKeyholders() {
      // Filtered here: which filters the report understands is documented by example only.
      const path = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
      const rows = await graph.getAll(path, registrationRow, { patience: "patient" });
      return once(
        rows
          .filter((row) => row.methodsRegistered.some((method) => PASSKEY_METHOD.test(method)))
          .map((row) => ({
            id: personId(row.id),
            name: row.userDisplayName || row.userPrincipalName || row.id,
            isAdmin: row.isAdmin ?? false,
          })),
      );
    },
    async enabledAccounts() {
      const filter = encodeURIComponent("accountEnabled eq true");
      const path = `/v1.0/users?$filter=${filter}&$select=id,displayName&$top=999`;
      const rows = await graph.getAll(path, userRow, { patience: "patient" });
      // Who is an administrator is known to the report only.
      return once(
        rows.map((row) => ({ id: personId(row.id), name: row.displayName || row.id, isAdmin: false })),
      );
    },
    async passkeysOf(people) {
      // One batch after the other: Graph counts each item, and where it throttles, two batches starve each other.
      const answers: PasskeyAnswer[] = [];
      for (let i = 0; i < people.length; i += BATCH_SIZE) {
        answers.push(...(await readPasskeyBatch(graph, clock, people.slice(i, i + BATCH_SIZE))));
      }
      return answers;
    },
  };
}

/** A list that moves while it is paged can show the same person twice. */
function once(accounts: readonly AccountRef[]): readonly AccountRef[] {
  return [...new Map<PersonId, AccountRef>(accounts.map((account) => [account.id, account])).values()];
}
