import { describe, expect, it } from "vitest";
import { startPostgres } from "./postgres.js";
import { postgresForTests } from "./postgres-for-tests.js";

describe("PostgreSQL for tests", () => {
  it("gives each test databases of its own", async () => {
    const server = await postgresForTests();
    const [one, two] = [await server.createDatabase(), await server.createDatabase()];
    await one.run("create table only_here (a int)");
    await expect(two.run("select * from only_here")).rejects.toThrow("does not exist");
    for (const database of [one, two]) await database.drop();
    await expect(one.run("select 1")).rejects.toThrow("does not exist");
  });

  it("copies a database that has tables already", async () => {
    const server = await postgresForTests();
    const template = await server.createDatabase();
    await template.run(["create table filled (a int)", "insert into filled values (7)"]);
    const copy = await server.createDatabase({ template });
    expect(await copy.run("select a from filled")).toEqual([{ a: 7 }]);
    for (const database of [copy, template]) await database.drop();
  });

  it("keeps its data and its port while it is stopped", async () => {
    const server = await startPostgres({ durable: true });
    const database = await server.createDatabase();
    await database.run(["create table kept (a int)", "insert into kept values (1)"]);
    const before = server.pid;
    await server.stop("immediate");
    await expect(database.run("select 1")).rejects.toThrow("ECONNREFUSED");
    await server.restart();
    expect(await database.run("select a from kept")).toEqual([{ a: 1 }]);
    expect(server.pid).not.toBe(before);
    await server.remove();
    await expect(database.run("select 1")).rejects.toThrow("ECONNREFUSED");
  });
});
