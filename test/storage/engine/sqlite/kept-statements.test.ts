import Libsql from "libsql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { KeptStatements } from "../../../../src/storage/engine/sqlite/kept-statements.js";

let database: Libsql.Database;
let prepared: string[];
let statements: KeptStatements;
beforeEach(() => {
  database = new Libsql(":memory:");
  database.exec("create table things (name text unique)");
  prepared = [];
  statements = new KeptStatements({
    prepare(sql) {
      prepared.push(sql);
      return database.prepare(sql);
    },
  });
});
afterEach(() => {
  statements.forget();
  database.close();
});

const INSERT = "insert into things values (?)";
const LIST = "select name from things order by name";

it("a text that is asked again and again is prepared once, and answers with what is there by then", () => {
  for (const name of ["a", "b", "c"]) {
    statements.prepare(INSERT).run([name]);
    expect(statements.prepare(LIST).all([])).toContainEqual({ name });
  }
  expect(statements.prepare(LIST).all([])).toHaveLength(3);
  expect(prepared).toEqual([INSERT, LIST]);
});

it("a statement that met an error is prepared anew", () => {
  statements.prepare(INSERT).run(["a"]);
  expect(() => statements.prepare(INSERT).run(["a"])).toThrow("UNIQUE");
  statements.prepare(INSERT).run(["b"]);
  expect(prepared).toEqual([INSERT, INSERT]);
  expect(statements.prepare(LIST).all([])).toHaveLength(2);
});

it("texts without end are not kept without end", () => {
  for (let count = 0; count < 1_000; count++) statements.prepare(`select ${count} as number`).all([]);
  statements.prepare("select 1 as number");
  expect(prepared).toHaveLength(1_001);
});
