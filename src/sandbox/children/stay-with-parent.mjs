// Loaded with `--import` into every process that the sandbox starts: none may outlive the sandbox, not even when
// it is killed with SIGKILL and cannot stop its children. The system then closes the IPC channel, which is noticed here.
if (process.channel) {
  process.on("disconnect", () => {
    // First the polite way, so that the program can finish what it does.
    if (process.listenerCount("SIGTERM") > 0) process.emit("SIGTERM", "SIGTERM");
    else process.exit(0);
    setTimeout(() => process.exit(0), 10_000).unref();
  });
  // Waiting for this must not be what keeps a program alive.
  process.channel.unref();
}
