// Waits until whoever started it is gone, however that came about, and then stops the server and removes its
// folder. A server of PostgreSQL outlives its parent; this does not let it.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";

const [pgCtl, data, folder, uid, gid] = process.argv.slice(2);
const as = uid === "" ? {} : { uid: Number(uid), gid: Number(gid) };

process.stdin.resume().on("end", () => {
  try {
    execFileSync(pgCtl, ["stop", "-D", data, "-m", "immediate"], { ...as, cwd: "/", stdio: "ignore" });
  } catch {
    // It was not running.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
