import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replicaId } from "../../../src/core/person.js";
import type { StorePlace } from "../../../src/storage/engine/open-engine.js";
import { openStore } from "../../../src/storage/open-store.js";
import { TENANT } from "../../contracts/stored-things.js";
import { postgresForTests } from "../../setup/postgres-for-tests.js";
import type { TestDatabase } from "../../setup/test-databases.js";
import { postgresPlace } from "../engine/postgres/postgres-places.js";

const KILLED = replicaId("killed");

/** A process lives, has a duty, and ends without a word. @returns who is known to the next one */
async function knownAfterwards(place: StorePlace) {
  const first = await openStore(place);
  await first.replicas.beat(KILLED);
  await first.replicas.transfer(TENANT, "scan", { from: undefined, to: KILLED });
  await first.close();
  const second = await openStore(place);
  const beats = await second.replicas.beats();
  const holder = await second.replicas.holder(TENANT, "scan");
  await second.close();
  return { beats: [...beats.keys()], holder };
}

describe("a process that ended without a word", () => {
  let folder: string;
  let database: TestDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "latchkey-replicas-"));
    database = await (await postgresForTests()).createDatabase();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  it("is forgotten by the next one on its folder, which nobody else can have open", async () => {
    expect(await knownAfterwards({ dataDir: folder })).toEqual({ beats: [], holder: undefined });
  });

  it("is still known on PostgreSQL, where it may live for all that can be told", async () => {
    const place = { postgres: postgresPlace(database.url) };
    expect(await knownAfterwards(place)).toEqual({ beats: [KILLED], holder: KILLED });
  });
});
