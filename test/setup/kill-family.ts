import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** kill -9 of a process, without warning. Resolves when its children, which notice by themselves, are gone too. */
export async function killFamily(pid: number): Promise<void> {
  const family = [pid, ...childrenOf(pid)];
  process.kill(pid, "SIGKILL");
  while (family.some(isAlive)) await sleep(20);
}

function childrenOf(pid: number): readonly number[] {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = list.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

/** One that has ended counts as gone even where nobody collects what is left of it. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false; // ps finds no such process.
  }
}
