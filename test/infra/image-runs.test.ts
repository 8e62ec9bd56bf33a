import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { becomes, finishedScan, keyholders } from "../flow/scan-facts.js";
import { openStage, type Stage } from "../flow/stage.js";
import { eventually, wholeText } from "../flow/teams.js";
import { type ContainerEngine, engineWith } from "./container-engine.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOT = join(import.meta.dirname, "../..");
const IMAGE = "latchkey:test";
const NAME = `latchkey-test-${process.pid}`;
const PEOPLE = 10_000;
/** Compose waits as long, then it kills. */
const GRACE_SECONDS = 15;

/** Runs inside the container. Answers what the kernel says of the program, which is process 1. */
const FACTS = `
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const status = readFileSync("/proc/1/status", "utf8");
const of = (name) => new RegExp("^" + name + ":\\\\s+(\\\\S+)", "m").exec(status)?.[1];
const first = (...files) => files.filter(existsSync).map((file) => Number(readFileSync(file, "utf8")))[0];
const tryWrite = (file) => { try { writeFileSync(file, ""); return "written"; } catch ({ code }) { return code; } };
const group = "/sys/fs/cgroup/";
console.log(JSON.stringify({
  user: of("Uid"), capabilities: of("CapEff"), mayGain: of("CapBnd"), noNewPrivileges: of("NoNewPrivs"),
  peakKb: Number(of("VmHWM")),
  limitBytes: first(group + "memory.max", group + "memory/memory.limit_in_bytes"),
  peakOfGroupBytes: first(group + "memory.peak", group + "memory/memory.max_usage_in_bytes"),
  writes: ["/app/x", "/tmp/x", "/x"].map(tryWrite),
}));`;

const base = /^FROM (\S+) AS/m.exec(readFileSync(join(ROOT, "Dockerfile"), "utf8"))?.[1] ?? "";
const { engine, skipped } = await engineWith([base]);

describe.skipIf(engine === undefined)(`the image, in 512 MB and read-only${skipped}`, () => {
  const containers = engine as ContainerEngine;
  let stage: Stage;
  beforeAll(async () => {
    await containers.output("build", "--tag", IMAGE, ROOT);
    stage = await openStage({
      tenant: { people: PEOPLE },
      launch: containers.launcher(IMAGE, NAME),
    });
    await stage.teams.install(grace);
  });
  afterAll(async () => {
    await containers.succeeds("rm", "--force", "--volumes", NAME);
    await stage?.close();
  });

  it("holds the programs and one native part of SQLite, and no tool that installs", async () => {
    const files = (await containers.output("exec", NAME, "ls", "/app")).split("\n");
    expect(files.filter((name) => name.endsWith(".node"))).toHaveLength(1);
    expect(files.filter((name) => !/\.(mjs|map|node)$/.test(name))).toEqual([
      "LICENSE",
      "THIRD-PARTY-LICENSES.txt",
    ]);
    for (const tool of ["npm", "npx", "yarn"])
      expect(await containers.succeeds("exec", NAME, tool, "--version")).toBe(false);
  });

  it("scans 10,000 people, and applies a plan that was approved", async () => {
    const { teams, graph, tenant } = stage;
    await teams.say(ada, "scan");
    const scan = wholeText(await finishedScan(stage, teams.chatOf(ada)));
    expect(scan).toContain(`${keyholders(tenant).length.toLocaleString("en")} people with passkeys`);
    await teams.say(ada, "enable passkeys");
    const plan = await teams.findText(teams.chatOf(grace), "Plan #1");
    await teams.press(grace, plan, "Approve");
    await becomes(stage, plan, /Applied and verified/);
    expect(graph.patches()).toHaveLength(1);
    expect(await containers.output("exec", NAME, "node", "audit.mjs", "verify")).toContain(": intact");
  });

  it("is healthy, has no right and nothing to write to, and stayed within its memory", async (context) => {
    const health = () => containers.output("inspect", "--format", "{{.State.Health.Status}}", NAME);
    await eventually(
      async () => (await health()) === "healthy" || undefined,
      () => "its health check to succeed",
    );
    const facts = JSON.parse(await containers.output("exec", NAME, "node", "-e", FACTS));
    const none = "0000000000000000";
    expect(facts).toMatchObject({
      user: "1000",
      capabilities: none,
      mayGain: none,
      noNewPrivileges: "1",
      limitBytes: 512 * 1024 ** 2,
      writes: ["EROFS", "EROFS", "EROFS"],
    });
    expect(await containers.output("inspect", "--format", "{{.State.OOMKilled}}", NAME)).toBe("false");
    const megabytes = (bytes: number) => Math.round(bytes / 1024 ** 2);
    await context.annotate(
      `peak: ${megabytes(facts.peakKb * 1024)} MB of the program, ${megabytes(facts.peakOfGroupBytes)} MB of its group`,
    );
  });

  it("is ended by SIGTERM in time, by itself, and goes on where it was", async () => {
    const { teams } = stage;
    await containers.output("stop", "--time", String(GRACE_SECONDS), NAME);
    expect(await containers.output("inspect", "--format", "{{.State.ExitCode}}", NAME)).toBe("0");
    await containers.output("start", NAME);
    const seen = teams.messages.length;
    await eventually(
      async () => (await fetch(`${stage.bot.url}/readyz`).catch(() => undefined))?.ok || undefined,
      () => "the container to be ready again",
    );
    await teams.say(ada, "show 1");
    await eventually(
      () => teams.messages.slice(seen).some((message) => wholeText(message).includes("Applied")) || undefined,
      () => "plan 1 to be shown",
    );
  });
});
