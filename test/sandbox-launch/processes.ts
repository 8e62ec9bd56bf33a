import { readdir, readFile, readlink } from "node:fs/promises";

/** Ids of the processes that have the text in their command line, their environment or their working folder. */
export async function processesNaming(text: string): Promise<readonly number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    ids.map(async (id) => {
      const parts = await Promise.all([
        readFile(`/proc/${id}/cmdline`, "utf8").catch(() => ""),
        readFile(`/proc/${id}/environ`, "utf8").catch(() => ""),
        readlink(`/proc/${id}/cwd`).catch(() => ""),
      ]);
      return parts.some((part) => part.includes(text)) ? id : 0;
    }),
  );
  return found.filter((id) => id !== 0 && id !== process.pid);
}
