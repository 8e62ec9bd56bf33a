import { fileURLToPath } from "node:url";
import { ConfigError, readConfig, type SandboxConfig } from "./config.js";

/** The real bot when it is configured, else the sandbox. Each is loaded only when it is the one that runs. */
async function main(): Promise<void> {
  const config = readConfig();
  if (config.mode === "sandbox") return runSandbox(config);
  const { runBot } = await import("./run-bot.js");
  return runBot(config);
}

/** The whole product on one machine; nothing of it is ever in a production process. */
async function runSandbox(config: SandboxConfig): Promise<void> {
  const { launchSandbox } = await import("./sandbox/launch.js");
  await launchSandbox({
    botEntry: fileURLToPath(import.meta.url),
    host: config.host,
    port: config.port,
    log: (line) => process.stdout.write(`${line}\n`),
  });
}

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? `Latchkey cannot start:\n${error.message}` : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
