import type { AccountRef, PasskeyAnswer } from "../../core/scan/inventory.js";
import type { Scan } from "../../core/scan/scan.js";
import { storeFault } from "../engine/database.js";
import type { Tables, Together } from "../schema.js";

type PersonRow = Tables["scan_people"];

/** People in one statement: nine values each, and SQLite takes 32,766 in all. */
const PEOPLE_A_STATEMENT = 500;
/** People of the scan before in one statement, which has to end within the time limit of an engine that has one. */
const BASE_PEOPLE_A_STATEMENT = 20_000;

/** Adds people as pending, or carried over from the scan before; a person who is there only gets a better name. */
export async function insertPeople(
  statements: Together,
  scan: Scan,
  people: readonly AccountRef[],
  carry: boolean,
): Promise<void> {
  const each = onceEach(people);
  for (let at = 0; at < each.length; at += PEOPLE_A_STATEMENT) {
    const some = each.slice(at, at + PEOPLE_A_STATEMENT);
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
          // Some lists do not say who is an administrator, so no person stops being one by them.
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

/** A statement may name no person twice. Of several names the last counts, and an administrator stays one. */
function onceEach(people: readonly AccountRef[]): readonly AccountRef[] {
  const byId = new Map<string, AccountRef>();
  for (const person of people) {
    const isAdmin = person.isAdmin || byId.get(person.id)?.isAdmin === true;
    byId.set(person.id, { ...person, isAdmin });
  }
  return [...byId.values()];
}

function readInBase(statements: Together, scan: Scan, base: string, people: readonly AccountRef[]) {
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

/** Adds as pending the people of the scan before who have passkeys or were not read, and are not in the scan. @throws Fault */
export async function insertMissing(statements: Together, scan: Scan, base: string): Promise<void> {
  await refuseLostBase(statements, scan, base);
  for (let after = ""; ; ) {
    const { people, last } = await nextOfBase(statements, scan, base, after);
    if (last === null) return;
    const offset = await takePositions(statements, scan, people);
    await insertFromBase(statements, scan, base, { after, last, offset });
    after = last;
  }
}

/** Without it no person would be missing, and the scan would pass for complete. */
async function refuseLostBase(statements: Together, { tenantId }: Scan, base: string): Promise<void> {
  const row = await statements
    .selectFrom("scans")
    .select("scan_id")
    .where("tenant_id", "=", tenantId)
    .where("scan_id", "=", base)
    .executeTakeFirst();
  if (row === undefined) throw storeFault("storing whom to read", "the scan before is no longer kept");
}

function wantedOfBase(statements: Together, { tenantId }: Scan, base: string, after: string) {
  return statements
    .selectFrom("scan_people as old")
    .where("old.tenant_id", "=", tenantId)
    .where("old.scan_id", "=", base)
    .where("old.person_id", ">", after)
    .where((row) => row.or([row("old.has_passkeys", "=", 1), row("old.state", "=", "unread")]));
}

/** How many come next, and the id of the last of them. */
function nextOfBase(statements: Together, scan: Scan, base: string, after: string) {
  const next = wantedOfBase(statements, scan, base, after).select("old.person_id").orderBy("old.person_id");
  return statements
    .selectFrom(next.limit(BASE_PEOPLE_A_STATEMENT).as("next"))
    .select(({ fn }) => [
      fn.countAll<number>().as("people"),
      fn.max<string | null>("next.person_id").as("last"),
    ])
    .executeTakeFirstOrThrow();
}

/** Numbers them from `offset` on: their positions in the base would grow from scan to scan. */
async function insertFromBase(
  statements: Together,
  scan: Scan,
  base: string,
  { after, last, offset }: { readonly after: string; readonly last: string; readonly offset: number },
): Promise<void> {
  const people = wantedOfBase(statements, scan, base, after).where("old.person_id", "<=", last);
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
    .expression(
      people.select((row) => [
        "old.tenant_id",
        row.val(scan.scanId).as("scan_id"),
        "old.person_id",
        row(
          row.fn.agg<number>("row_number").over((all) => all.orderBy("old.person_id")),
          "+",
          offset,
        ).as("position"),
        row.val("pending" as const).as("state"),
        "old.name",
        "old.is_admin",
        row.val(0).as("has_passkeys"),
        row.val("").as("detail"),
      ]),
    )
    // Looking for who is in the scan beforehand takes PostgreSQL long: it knows nothing yet of rows so new.
    .onConflict((conflict) => conflict.columns(["tenant_id", "scan_id", "person_id"]).doNothing())
    .execute();
}

/** Reserves positions in the scan. @returns the position before the first of them */
async function takePositions(statements: Together, scan: Scan, count: number): Promise<number> {
  const { last_position } = await statements
    .updateTable("scans")
    .set((row) => ({ last_position: row("last_position", "+", count) }))
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", scan.scanId)
    .returning("last_position")
    .executeTakeFirstOrThrow();
  return last_position - count;
}

/** Keeps what was learned about people of the scan; about other people nothing is kept. */
export async function updatePeople(
  statements: Together,
  scan: Scan,
  answers: readonly PasskeyAnswer[],
): Promise<void> {
  const each = [...new Map(answers.map((answer) => [answer.account.id, answer])).values()];
  for (let at = 0; at < each.length; at += PEOPLE_A_STATEMENT) {
    const some = each.slice(at, at + PEOPLE_A_STATEMENT);
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
  statements: Together,
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
