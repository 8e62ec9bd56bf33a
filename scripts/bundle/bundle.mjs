// Puts each program and the packages that it uses into one file: to find and load thousands takes longer than to run
// them. Beside the programs stand the native part of SQLite and the licences of what is inside, so that the folder runs
// without a node_modules. The sandbox is not part of it.
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inAscii } from "./ascii.mjs";
import { licencesOf, licencesText, packageFolders } from "./licences.mjs";
import { ownLines } from "./own-lines.mjs";

const PROGRAMS = {
  latchkey: "main",
  audit: "audit-cli",
  restored: "restored",
  store: "store-cli",
  doctor: "doctor",
  lab: "lab",
};
/** Where the program looks for the sandbox, seen from itself. */
const SANDBOX = "./sandbox/src/sandbox/launch.js";
/** `dtrace-provider` and `pg-native` may be absent, which restify and pg expect. */
const STAYS_OUTSIDE = ["dtrace-provider", "pg-native"];

/** Packages in it are written for `require`, which a module has not. */
const REQUIRE = `import { createRequire as createRequireOfFile } from "node:module";
const require = createRequireOfFile(import.meta.url);`;

/**
 * In place of what libsql does: its native part stands beside the program. In a checkout whose build was made on a
 * machine of another kind, it is the package that npm installed. Which C library a machine has is tried; libsql would
 * have a report on the whole process written to find out, at each start.
 */
const NATIVE_SQLITE = `function nativeSqlite() {
  const { platform, arch } = process;
  const linux = arch === "arm" ? ["gnueabihf", "musleabihf"] : ["gnu", "musl"];
  const kinds = { linux, win32: ["msvc"] }[platform] ?? [""];
  const targets = kinds.map((kind) => [platform, arch, kind].filter(Boolean).join("-"));
  const failures = [];
  for (const target of targets) {
    for (const place of ["./libsql-" + target + ".node", "@libsql/" + target]) {
      try { return require(place); } catch (error) {
        if (error.code !== "MODULE_NOT_FOUND") failures.push(error.message);
      }
    }
  }
  throw new Error(
    failures.length > 0
      ? "the native part of SQLite does not load: " + failures.join("; ")
      : "the native part of SQLite for this machine is missing: put libsql-" + targets.join(".node or libsql-") +
        ".node beside the program. It is index.node of the package @libsql/" + targets.join(" or @libsql/") +
        ", or comes with npm ci and npm run build on such a machine.",
  );
}`;
const LIBSQLS_OWN = "} = requireNative();";

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
    build.onResolve({ filter: /^\.\/sandbox\/launch\.js$/ }, () => ({ path: SANDBOX, external: true }));
  },
};

const nativeBeside = {
  name: "native part beside",
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]libsql[\\/](index|promise)\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(LIBSQLS_OWN)) throw new Error(`${path} loads its native part in a way not known`);
      return { contents: `${source.replace(LIBSQLS_OWN, "} = nativeSqlite();")}\n${NATIVE_SQLITE}` };
    });
  },
};

/** npm installs these several times in the same version, because a newer one stands where they would be shared. */
const oneCopy = (root) => ({
  name: "one copy of each version",
  setup(build) {
    /** The first by name, not the first that is met: imports are resolved in no order, and each build has to be the same. */
    const first = new Map();
    build.onStart(async () => {
      const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
      for (const path of Object.keys(packages).sort()) {
        const name = /(?:^|\/)node_modules\/(zod|@azure\/msal-node)$/.exec(path)?.[1];
        const key = `${name}@${packages[path].version}`;
        if (name !== undefined && !first.has(key)) first.set(key, resolve(root, path));
      }
    });
    build.onResolve({ filter: /^(zod|@azure\/msal-node)(\/|$)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === first) return undefined;
      const found = await build.resolve(path, { ...from, pluginData: first });
      const [, folder, file] =
        /^(.*[\\/]node_modules[\\/](?:zod|@azure[\\/]msal-node))([\\/].*)$/.exec(found.path) ?? [];
      if (folder === undefined) return found;
      const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      return { ...found, path: (first.get(`${name}@${version}`) ?? folder) + file };
    });
  },
});

/**
 * @param {typeof import("esbuild").build} esbuild
 * @param {{ source: string; outdir: string }} folders
 * @returns the folders of the packages that are inside or beside
 */
export async function bundle(esbuild, { source, outdir }) {
  const { metafile } = await esbuild({
    entryPoints: Object.entries(PROGRAMS).map(([out, name]) => ({ in: join(source, `${name}.ts`), out })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    external: STAYS_OUTSIDE,
    plugins: [leaveOut, oneCopy(join(source, "..")), nativeBeside],
    inject: [fileURLToPath(new URL("./readable-stacks.mjs", import.meta.url))],
    banner: { js: REQUIRE },
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "error",
  });
  await Promise.all(
    Object.keys(PROGRAMS).flatMap((name) => {
      const program = join(outdir, `${name}.mjs`);
      return [rewrite(program, inAscii), rewrite(`${program}.map`, ownLines)];
    }),
  );
  const packages = join(source, "..", "node_modules");
  const natives = await copyNatives(join(packages, "@libsql"), outdir);
  const inside = packageFolders(Object.keys(metafile.inputs)).map((folder) => resolve(folder));
  const licences = await licencesOf([...inside, ...natives]);
  await writeFile(join(outdir, "THIRD-PARTY-LICENSES.txt"), licencesText(licences));
  return { inside, licences };
}

async function rewrite(file, change) {
  await writeFile(file, change(await readFile(file, "utf8")));
}

/** For the machines that npm installed them for. */
async function copyNatives(folder, outdir) {
  const targets = await readdir(folder);
  await Promise.all(
    targets.map((target) =>
      copyFile(join(folder, target, "index.node"), join(outdir, `libsql-${target}.node`)),
    ),
  );
  return targets.map((target) => join(folder, target));
}
