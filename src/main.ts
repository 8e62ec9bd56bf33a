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
  for (const { given, meant } of config.doubtfulNames)
    process.stderr.write(`${given} is set, and nothing reads it: is ${meant} meant?\n`);
  const { launchSandbox } = await import("./sandbox/launch.js").catch(explainMissingSandbox);
  await launchSandbox({
    botEntry: fileURLToPath(import.meta.url),
    host: config.host,
    port: config.port,
    log: (line) => process.stdout.write(`${line}\n`),
  });
}

/** A host has the programs alone, and one without development packages has not the sandbox's. */
function explainMissingSandbox(error: unknown): never {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
  throw new ConfigError([
    "CLIENT_ID is not set, which is what makes this the real bot: set it and the rest of docs/configuration.md. " +
      `The sandbox, which runs without, is not here (${error.message}): to try it, run npm ci && npm start in a checkout.`,
  ]);
}

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? `Latchkey cannot start:\n${error.message}` : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
