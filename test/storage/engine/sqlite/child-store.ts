// Runs as a process of its own: opens the store, says so, and then does what the parent asks for by `mode`.
import { openStore } from "../../../../src/storage/open-store.js";
import { draft, entry } from "../../../contracts/stored-things.js";

const [dataDir = "", mode = "hold"] = process.argv.slice(2);

// Nothing is left behind when the parent dies.
process.stdin.on("end", () => process.exit(0)).resume();

try {
  const store = await openStore({ dataDir });
  process.stdout.write("open\n");
  process.on("SIGTERM", async () => {
    await store.close();
    process.exit(0);
  });
  while (mode === "write") {
    const plan = await store.plans.create(draft(), [entry()]);
    process.stdout.write(`stored ${plan.number}\n`);
    await new Promise(setImmediate);
  }
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
