// Loaded with --import into a process under test, whose clocks the test then sets, and which ends with the test.
import { setClockOffset, setElapsedOffset } from "./clock-shift.mjs";

process.on("message", ({ clock, elapsed }) => {
  setClockOffset(clock);
  setElapsedOffset(elapsed);
  process.send?.("done");
});
// A listener alone must not keep the process alive.
process.channel?.unref();
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
