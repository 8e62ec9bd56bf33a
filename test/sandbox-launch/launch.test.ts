import { spawn } from "node:child_process";
import { access, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { build } from "../../scripts/build.mjs";
import { launchSandbox, type RunningSandbox, type SandboxOptions } from "../../src/sandbox/launch.js";
import { processesNaming } from "./processes.js";

const STUB_BOT = fileURLToPath(new URL("./stub-bot.mjs", import.meta.url));
const ANY_PORTS = { ada: 0, grace: 0, linus: 0, alan: 0, tenantPage: 0 };

let running: RunningSandbox | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function launch(options: Partial<SandboxOptions> = {}) {
  const lines: string[] = [];
  const exits: number[] = [];
  running = await launchSandbox({
    botEntry: STUB_BOT,
    port: 0,
    ports: ANY_PORTS,
    log: (line) => lines.push(line),
    exit: (code) => exits.push(code),
    ...options,
  });
  const logFile = /Log +(\S+)/.exec(lines.join("\n"))?.[1] ?? "";
  return { ...running, lines, exits, folder: dirname(logFile) };
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

// Processes are looked up where Linux lists them.
describe.skipIf(process.platform !== "linux")("the sandbox", () => {
  test("starts, says where to go and what to write first, and leaves nothing behind", {
    timeout: 300_000,
  }, async () => {
    const { addresses, lines, folder, close } = await launch();
    const text = lines.join("\n");
    for (const key of ["ada", "grace", "linus", "alan", "tenantPage"] as const) {
      expect(text).toContain(addresses[key]);
      expect((await fetch(addresses[key])).status).toBe(200);
    }
    expect(text).toContain("enable passkeys");
    expect(text).toContain("Ctrl-C");
    expect(await processesNaming(folder)).toHaveLength(5);
    await close();
    expect(await processesNaming(folder)).toEqual([]);
    expect(await isThere(folder)).toBe(false);
    await expect(fetch(addresses.ada)).rejects.toThrow();
    await expect(fetch(addresses.tenantPage)).rejects.toThrow();
  });

  test("takes another port for the bot when the one asked for is in use, and says so", {
    timeout: 300_000,
  }, async () => {
    const occupant = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => occupant.once("listening", resolve));
    const { port } = occupant.address() as { port: number };
    const { addresses, lines } = await launch({ port });
    occupant.close();
    expect(addresses.bot).not.toContain(`:${port}`);
    expect(lines).toContain(`Port ${port} is in use: the bot listens on ${new URL(addresses.bot).port}.`);
  });

  test("starts beside another one, whatever ports that took a moment ago", async () => {
    const first = await launch();
    const { ada, grace, tenantPage, bot } = first.addresses;
    const portOf = (url: string) => Number(new URL(url).port);
    const second = await launch({
      port: portOf(bot),
      ports: { ...ANY_PORTS, ada: portOf(ada), grace: portOf(grace), tenantPage: portOf(tenantPage) },
    });
    const taken = new Set(Object.values(first.addresses));
    expect(Object.values(second.addresses).filter((address) => taken.has(address))).toEqual([]);
    await first.close();
    expect((await fetch(`${second.addresses.bot}/readyz`)).status).toBe(200);
  });

  test("says when a window stops by itself", async () => {
    const { folder, lines } = await launch();
    const [window] = await processesNaming(`${folder}/grace`);
    process.kill(window ?? 0, "SIGKILL");
    await expect.poll(() => lines.at(-1)).toMatch(/^Grace Hopper's window stopped by itself/);
  });

  test("stops with code 1 and the bot's last words when the bot dies", async () => {
    const { addresses, lines, exits, folder } = await launch();
    await fetch(`${addresses.bot}/api/messages`, { method: "POST", body: '{"text":"die"}' }).catch(() => {});
    await expect.poll(() => exits, { timeout: 60_000 }).toEqual([1]);
    expect(lines.at(-1)).toMatch(/stopped by itself[\s\S]*these are my last words/);
    expect(await processesNaming(folder)).toEqual([]);
    expect(await isThere(folder)).toBe(false);
  });

  test("says why when the bot does not start, and stops what had started", async () => {
    const lines: string[] = [];
    const missing = fileURLToPath(new URL("./no-such-bot.mjs", import.meta.url));
    await expect(launch({ botEntry: missing, log: (line) => lines.push(line) })).rejects.toThrow(
      /The bot ended at its start\. Its last words:[\s\S]*no-such-bot/,
    );
    expect(await processesNaming(missing)).toEqual([]);
    expect(lines).toEqual([]);
  });
});

describe.skipIf(process.platform !== "linux")("a sandbox that is killed", () => {
  test("takes its windows and its bot with it", async () => {
    const entry = `${await build()}/sandbox/src/sandbox/launch.js`;
    const program = `
      const { launchSandbox } = await import(${JSON.stringify(entry)});
      await launchSandbox({ botEntry: ${JSON.stringify(STUB_BOT)}, port: 0, ports: ${JSON.stringify(ANY_PORTS)}, log: console.log });
      console.log("UP");`;
    const launcher = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    launcher.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    await expect.poll(() => output, { timeout: 60_000 }).toContain("UP");
    const folder = dirname(/Log +(\S+)/.exec(output)?.[1] ?? "");
    expect(await processesNaming(folder)).toHaveLength(5);
    launcher.kill("SIGKILL");
    await expect.poll(() => processesNaming(folder), { timeout: 60_000 }).toEqual([]);
    // What SIGKILL leaves: a folder of temporary files.
    await rm(folder, { recursive: true, force: true });
  });
});
