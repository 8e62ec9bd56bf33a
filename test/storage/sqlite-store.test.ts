import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { openStore } from "../../src/storage/open-store.js";
import { describeStore } from "../contracts/store-contract.js";

describeStore("SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-store-"));
  const dataDir = join(folder, "made", "when missing");
  let store = await openStore({ dataDir });
  const meddle = async (sql: string): Promise<void> => {
    const database = new Libsql(join(dataDir, "latchkey.db"));
    database.exec(sql);
    database.close();
  };
  return {
    store,
    async reopen() {
      await store.close();
      store = await openStore({ dataDir });
      return store;
    },
    meddle,
    failAt: (moment) => meddle(`create trigger failing ${moment} begin select raise(abort, 'failing'); end`),
    mend: () => meddle("drop trigger failing"),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
