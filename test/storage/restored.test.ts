import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RecordKeys } from "../../src/core/audit/record-keys.js";
import { openStore } from "../../src/storage/open-store.js";
import { restored } from "../../src/storage/restored.js";
import { ADA, AT, ROOM, TENANT } from "../contracts/stored-things.js";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-restored-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it("a restored store drops what waited for a scan, on record, and says who asked", async () => {
  const keys = new RecordKeys([]);
  const before = await openStore({ dataDir }, keys);
  const command = { kind: "remove", models: ["a key"] } as const;
  const asked = { tenantId: TENANT, person: ADA, conversation: ROOM, askedAt: AT, typed: "remove a key" };
  for (const id of ["1", "2"]) await before.deferred.add({ ...asked, id, kind: "propose", command });
  await before.close();

  const [said] = await restored({ dataDir }, { skip: 5, keys, now: () => new Date(AT) });
  expect(said).toMatchObject({ ended: [], dropped: { requests: 2, askers: [ADA.name] } });

  const after = await openStore({ dataDir }, keys);
  expect(await after.deferred.all(TENANT)).toEqual([]);
  const dropped = (waitedSince: number) => ({
    event: "change-dropped",
    detail: { waitedSince, why: "store-restored" },
  });
  expect(await after.audit.read(TENANT)).toMatchObject([
    { event: "change-asked" },
    { event: "change-asked" },
    { event: "store-restored" },
    dropped(1),
    dropped(2),
  ]);
  await after.close();
});
