import type { Transaction } from "kysely";
import type { AccountRef, PasskeyAnswer } from "../core/inventory/inventory.js";
import type { Scan } from "../core/inventory/scan.js";
import type { Tables } from "./schema.js";

type Statements = Transaction<Tables>;
type PersonRow = Tables["scan_people"];

/** People in one statement: nine values each, and SQLite takes 32,766 in all. */
const AT_ONCE = 500;

/** Adds people as pending, or as they were in the scan's base; whoever is there only gets a better name. */
export async function insertPeople(
  statements: Statements,
  scan: Scan,
  people: readonly AccountRef[],
  carry: boolean,
): Promise<void> {
  for (let at = 0; at < people.length; at += AT_ONCE) {
    const some = people.slice(at, at + AT_ONCE);
    const known = carry && scan.base !== undefined ? await readInBase(statements, scan, scan.base, some) : [];
    const before = new Map(known.map((row) => [row.person_id, row]));
    let position = await takePositions(statements, scan, some.length);
    const rows = some.map((person): PersonRow => {
      const old = before.get(person.id);
      position += 1;
      return {
        tenant_id: scan.tenantId,
        scan_id: scan.scanId,
        person_id: person.id,
        position,
        state: old === undefined ? "pending" : "carried",
        name: person.name,
        is_admin: person.isAdmin ? 1 : 0,
        has_passkeys: old?.has_passkeys ?? 0,
        detail: old?.detail ?? "",
      };
    });
    await statements
      .insertInto("scan_people")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["tenant_id", "scan_id", "person_id"]).doUpdateSet((row) => ({
          name: row.ref("excluded.name"),
          // Some lists do not say who is an administrator, so nobody stops being one by them.
          is_admin: row
            .case()
            .when("excluded.is_admin", "=", 1)
            .then(1)
            .else(row.ref("scan_people.is_admin"))
            .end(),
        })),
      )
      .execute();
  }
}

function readInBase(statements: Statements, scan: Scan, base: string, people: readonly AccountRef[]) {
  return statements
    .selectFrom("scan_people")
    .select(["person_id", "has_passkeys", "detail"])
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", base)
    .where("state", "in", ["read", "carried"])
    .where(
      "person_id",
      "in",
      people.map((person) => person.id),
    )
    .execute();
}

/** Adds as pending whoever has passkeys in the base, or could not be read there, and is not in the scan. */
export async function insertMissing(statements: Statements, scan: Scan, base: string): Promise<void> {
  const offset = await takePositions(statements, scan, await lastPosition(statements, scan, base));
  await statements
    .insertInto("scan_people")
    .columns([
      "tenant_id",
      "scan_id",
      "person_id",
      "position",
      "state",
      "name",
      "is_admin",
      "has_passkeys",
      "detail",
    ])
    .expression((query) =>
      query
        .selectFrom("scan_people as old")
        .select((row) => [
          "old.tenant_id",
          row.val(scan.scanId).as("scan_id"),
          "old.person_id",
          row("old.position", "+", offset).as("position"),
          row.val("pending" as const).as("state"),
          "old.name",
          "old.is_admin",
          row.val(0).as("has_passkeys"),
          row.val("").as("detail"),
        ])
        .where("old.tenant_id", "=", scan.tenantId)
        .where("old.scan_id", "=", base)
        .where((row) => row.or([row("old.has_passkeys", "=", 1), row("old.state", "=", "unread")]))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("scan_people as now")
                .select("now.person_id")
                .where("now.tenant_id", "=", scan.tenantId)
                .where("now.scan_id", "=", scan.scanId)
                .whereRef("now.person_id", "=", "old.person_id"),
            ),
          ),
        ),
    )
    .execute();
}

/** Reserves positions in the scan. @returns the position before the first of them */
async function takePositions(statements: Statements, scan: Scan, count: number): Promise<number> {
  const { last_position } = await statements
    .updateTable("scans")
    .set((row) => ({ last_position: row("last_position", "+", count) }))
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", scan.scanId)
    .returning("last_position")
    .executeTakeFirstOrThrow();
  return last_position - count;
}

async function lastPosition(statements: Statements, scan: Scan, scanId: string): Promise<number> {
  const row = await statements
    .selectFrom("scans")
    .select("last_position")
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", scanId)
    .executeTakeFirstOrThrow();
  return row.last_position;
}

/** Keeps what was learned about people of the scan; about anybody else nothing is kept. */
export async function updatePeople(
  statements: Statements,
  scan: Scan,
  answers: readonly PasskeyAnswer[],
): Promise<void> {
  for (let at = 0; at < answers.length; at += AT_ONCE) {
    const some = answers.slice(at, at + AT_ONCE);
    const there = await idsInScan(
      statements,
      scan,
      some.map((answer) => answer.account.id),
    );
    const rows = some.filter(({ account }) => there.has(account.id)).map((answer) => answered(scan, answer));
    if (rows.length === 0) continue;
    await statements
      .insertInto("scan_people")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["tenant_id", "scan_id", "person_id"]).doUpdateSet((row) => ({
          state: row.ref("excluded.state"),
          has_passkeys: row.ref("excluded.has_passkeys"),
          detail: row.ref("excluded.detail"),
        })),
      )
      .execute();
  }
}

async function idsInScan(
  statements: Statements,
  scan: Scan,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await statements
    .selectFrom("scan_people")
    .select("person_id")
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", scan.scanId)
    .where("person_id", "in", ids)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

function answered(scan: Scan, answer: PasskeyAnswer): PersonRow {
  const { account } = answer;
  return {
    tenant_id: scan.tenantId,
    scan_id: scan.scanId,
    person_id: account.id,
    position: 0,
    name: account.name,
    is_admin: account.isAdmin ? 1 : 0,
    has_passkeys: answer.kind === "read" && answer.passkeys.length > 0 ? 1 : 0,
    ...detailOf(answer),
  };
}

function detailOf(answer: PasskeyAnswer): Pick<PersonRow, "state" | "detail"> {
  switch (answer.kind) {
    case "read":
      return { state: "read", detail: JSON.stringify(answer.passkeys) };
    case "gone":
      return { state: "gone", detail: "" };
    case "failed":
      return { state: "unread", detail: answer.why };
  }
}
