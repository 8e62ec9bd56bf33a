import { once } from "node:events";
import { ReadingStopped } from "../storage/audit/audit-reader.js";

/** Writes to a stream that may be slower than we are, and may be closed by its reader. */
export interface Output {
  /** Resolves when the reader can take more. @throws ReaderGone */
  write(text: string): Promise<void>;
}

/** The reader of our output has stopped, as `head` does: there is none left to write for. */
export class ReaderGone extends ReadingStopped {
  override readonly name = "ReaderGone";
}

/** Standard output, one piece at a time: nothing piles up in memory. */
export function standardOutput(): Output {
  let gone = false;
  process.stdout.on("error", () => {
    gone = true;
  });
  return {
    async write(text) {
      if (gone) throw new ReaderGone();
      if (process.stdout.write(text)) return;
      await once(process.stdout, "drain").catch(() => {
        throw new ReaderGone();
      });
    },
  };
}
