import { spawnSync } from "node:child_process";
import { inspect } from "node:util";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { Secret } from "../src/config/secret.js";
import { Fault } from "../src/core/errors.js";
import { UserAssertion } from "../src/core/person.js";
import { createLog } from "../src/log.js";
import { fc } from "./setup/drawn.js";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJhZGEifQ.c2lnbmF0dXJl-_";

/** What a log of that level writes, line by line. */
function written(level: string, use: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  use(createLog({ level, destination: { write: (line: string) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}
const one = (detail: Record<string, unknown>): Record<string, unknown> =>
  written("info", (log) => log.info("event", detail))[0] ?? {};

describe("the log", () => {
  it("writes one JSON line an event, with its level, time and details", () => {
    const [line, second] = written("info", (log) => {
      log.info("plan-proposed", { planNumber: 12, tenant: { id: "t" } });
      log.warn("slow");
    });
    expect(line).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      event: "plan-proposed",
      planNumber: 12,
      tenant: { id: "t" },
    });
    expect(second).toMatchObject({ level: "warn", event: "slow" });
  });

  it("writes from its level on", () => {
    const events = (level: string) =>
      written(level, (log) => {
        log.info("info");
        log.warn("warn");
        log.error("error");
      }).map((line) => line.event);
    expect(events("warn")).toEqual(["warn", "error"]);
    expect(events("silent")).toEqual([]);
  });

  it("writes to standard output when nothing else is said", () => {
    const contents = `import { createLog } from "./src/log.js"; createLog({ level: "info" }).info("started");`;
    const { outputFiles } = buildSync({
      stdin: { contents, resolveDir: process.cwd() },
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      write: false,
    });
    const program = outputFiles[0]?.text ?? "";
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
    });
    expect(JSON.parse(stdout)).toMatchObject({ level: "info", event: "started" });
  });

  it("does not let a detail take the place of level, time or event", () => {
    expect(one({ level: "x", time: "y", event: "z" })).toMatchObject({
      level: "info",
      event: "event",
      detail_level: "x",
      detail_time: "y",
      detail_event: "z",
    });
  });
});

describe("what the log leaves out", () => {
  it.each(["token", "access_token", "Authorization", "clientSecret", "assertion", "set-cookie", "password"])(
    "a member named %s, however deep",
    (name) => {
      const value = { inside: [{ [name]: "s3cret" }, { [name]: { nested: "s3cret" } }] };
      expect(one({ value, [name]: "s3cret" })).toMatchObject({
        value: { inside: [{ [name]: "[redacted]" }, { [name]: "[redacted]" }] },
        [name]: "[redacted]",
      });
    },
  );

  it("tokens in the middle of a text, in the event too", () => {
    const line = written("info", (log) =>
      log.info(`got ${JWT}`, {
        url: `https://x/?t=${JWT}&u=1`,
        header: `Bearer opaque0123456789`,
        ok: "Bearer",
      }),
    )[0];
    expect(line).toMatchObject({
      event: "got [redacted]",
      url: "https://x/?t=[redacted]&u=1",
      header: "Bearer [redacted]",
      ok: "Bearer",
    });
  });

  it("a token wherever it stands", () => {
    const around = fc.string({ maxLength: 20 });
    const place = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => [text],
      (text) => ({ a: { b: text } }),
      (text) => new Error(text),
      (text) => new Error("x", { cause: new Error(text) }),
      (text) => new Map([["a", new Set([text])]]),
      (text) => ({ toJSON: () => text }),
      (text) => `${"x".repeat(3_990)}${text}`,
    );
    fc.assert(
      fc.property(around, around, place, (before, after, put) => {
        const text = JSON.stringify(one({ value: put(before + JWT + after) }));
        expect(text).not.toMatch(/eyJvaWQi|c2lnbmF0/);
      }),
    );
  });

  it("our own secrets and tokens, which print as redacted", () => {
    const line = one({
      person: { held: new UserAssertion("s3cret") },
      credential: { value: new Secret("s3cret") },
    });
    expect(line).toMatchObject({ person: { held: "[redacted]" }, credential: { value: "[redacted]" } });
  });

  it("what libraries hang on their errors: only code, status, request id, message and cause are written", () => {
    const request = { headers: { authorization: `Bearer ${JWT}` }, body: "client_secret=s3cret" };
    const cause = Object.assign(new Error(`POST failed with ${JWT}`), {
      code: "ERR_X",
      request,
      config: request,
    });
    const fault = new Fault("graph-denied", "Graph said no", { status: 403, requestId: "r-1", cause });
    const { error } = one({ error: fault }) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      name: "Fault",
      code: "graph-denied",
      status: 403,
      requestId: "r-1",
      message: "Graph said no",
      cause: { code: "ERR_X", message: "POST failed with [redacted]" },
    });
    expect(inspect(error, { depth: 9 })).not.toMatch(/s3cret|eyJ/);
  });

  it("the status of an error is written under one name, however its library calls it", () => {
    const error = Object.assign(new Error("Teams said no"), { statusCode: 403 });
    expect(one({ error })).toMatchObject({ error: { name: "Error", message: "Teams said no", status: 403 } });
  });

  it("nothing else of an event because of one odd detail", () => {
    const circular: Record<string, unknown> = { name: "ring" };
    circular.self = circular;
    let deep: unknown = "bottom";
    for (let level = 0; level < 20; level++) deep = { deep };
    const line = one({
      circular,
      deep,
      big: 12n,
      when: new Date(0),
      bytes: Buffer.from("s3cret"),
      run: () => "s3cret",
      many: Array.from({ length: 150 }, (_, index) => index),
      long: "x".repeat(10_000),
      broken: {
        get member(): never {
          throw new Error("no");
        },
      },
      kept: 1,
    });
    expect(line).toMatchObject({
      circular: { name: "ring", self: "[circular]" },
      big: "12",
      when: "1970-01-01T00:00:00.000Z",
      bytes: "[6 bytes]",
      broken: "[unreadable]",
      kept: 1,
    });
    expect(JSON.stringify(line.deep)).toContain("[more]");
    expect(line.many).toHaveLength(101);
    expect((line.long as string).length).toBeLessThan(5_000);
    expect(line.run).toBeUndefined();
  });
});
