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
  return {
    store,
    async reopen() {
      await store.close();
      store = await openStore({ dataDir });
      return store;
    },
    async meddle(sql) {
      const database = new Libsql(join(dataDir, "latchkey.db"));
      database.exec(sql);
      database.close();
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
