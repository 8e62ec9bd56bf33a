// Loaded into a bot before its program (`--import`, with `--expose-gc` and a channel to its parent): answers what the
// process has used so far. Both the bot and its baseline carry it.
import type { Usage } from "./watched-bot.js";

/** What one collection of garbage leaves to finalizers is free only after the next. */
const COLLECTIONS = 3;

process.on("message", async (question: { readonly collects: boolean }) => {
  if (question.collects) {
    for (let nth = 0; nth < COLLECTIONS; nth += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, rssBytes: rss, heapBytes: heapUsed } satisfies Usage);
});
// It ends when its program ends it.
process.channel?.unref();
