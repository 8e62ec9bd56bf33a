import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const run = (program: string, ...words: readonly string[]) =>
  spawnSync(program, words, { cwd: ROOT, encoding: "utf8" });

describe("the image", () => {
  it("gets from its checkout what the build reads, and no secret", () => {
    const allowed = [...read(".dockerignore").matchAll(/^!(\S+)$/gm)].map(([, name = ""]) => name);
    expect(allowed).toEqual(
      expect.arrayContaining(["src", "scripts", "simulators", "package-lock.json", "LICENSE"]),
    );
    expect(allowed.filter((name) => /^\.env|secrets|data/.test(name))).toEqual([]);
    const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = ""]) =>
      names.split(" "),
    );
    expect(copied.sort()).toEqual(allowed.sort());
    expect(copied.filter((name) => !readdirSync(ROOT).includes(name))).toEqual([]);
  });

  it("runs without root, and says whether it lives", () => {
    const last =
      read("Dockerfile")
        .split(/^FROM /m)
        .at(-1) ?? "";
    expect(last).toMatch(/^USER 1000:1000$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).toMatch(/NODE_ENV=production/);
  });
});

describe("the systemd unit", () => {
  it("exposes little of the machine, by systemd's own measure, where that is there", (context) => {
    const { stdout, error } = run(
      "systemd-analyze",
      "security",
      "--offline=yes",
      "infra/systemd/latchkey.service",
    );
    if (error) context.skip("systemd-analyze is not installed: the unit was not measured");
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeGreaterThan(0);
    expect(exposure).toBeLessThanOrEqual(1.5);
  });
});
