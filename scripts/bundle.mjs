// Puts the programs and the packages that they use into few files: to find and load thousands takes longer than to run
// them. What is loaded only by the sandbox stays in files of its own.

const PROGRAMS = ["main", "audit-cli", "restored"];
/** `libsql` is native; `dtrace-provider` and `pg-native` may be absent, which restify and pg expect; the sandbox is loaded by itself. */
const STAYS_OUTSIDE = ["libsql", "dtrace-provider", "pg-native", "./sandbox/launch.js"];

/** Packages in it are written for `require`, which a module has not. */
const REQUIRE = [
  'import { createRequire as createRequireOfFile } from "node:module";',
  "const require = createRequireOfFile(import.meta.url);",
].join("\n");

/** Every name of it is a class that may be extended and not made. */
const NEVER_MADE = `module.exports = new Proxy({}, {
  get: (_, name) => class {
    constructor() { throw new Error(\`\${String(name)} is left out of this program\`); }
  },
});`;

/**
 * Loaded by other packages at once, and used by nothing here: the framework's dialogs with their recognisers of dates in
 * ten languages (signing in is our own, docs/adr/0002), and restify's protocol that is not served.
 */
const LEFT_OUT = { "botbuilder-dialogs": NEVER_MADE, spdy: "module.exports = {};" };

const leaveOut = {
  name: "leave out",
  setup(build) {
    build.onResolve({ filter: /^(botbuilder-dialogs|spdy)$/ }, ({ path }) => ({
      path,
      namespace: "left-out",
    }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({ contents: LEFT_OUT[path] }));
    // Takes spdy out when it runs; here it is out already.
    build.onLoad({ filter: /restify-without-spdy\.ts$/ }, () => ({
      contents: 'export { default as restify } from "restify";',
    }));
  },
};

/**
 * @param {typeof import("esbuild").build} esbuild
 * @param {{ source: string; outdir: string }} folders
 */
export async function bundle(esbuild, { source, outdir }) {
  await esbuild({
    entryPoints: PROGRAMS.map((name) => `${source}/${name}.ts`),
    outdir,
    // The same programs stand there file by file.
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: "bundle/[name]-[hash]",
    external: STAYS_OUTSIDE,
    plugins: [leaveOut],
    banner: { js: REQUIRE },
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "error",
  });
}
