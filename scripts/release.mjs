// `npm run release`: everything a release consists of, to dist/release: the folder for a host as a zip, the Teams app, the
// SBOM of what is inside, the licences, what is new, and the SHA-256 of each. From the same commit, environment and kind of
// machine it makes the same bytes: times are the commit's. It tags and publishes nothing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { build, ship } from "./build.mjs";
import { appZip, unfilledAppZip, variablesMissing } from "./package-app.mjs";
import { sbom } from "./release/sbom.mjs";
import { wrongInSbom } from "./release/valid-sbom.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "dist", "release");
const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
const text = (file) => readFile(join(root, file), "utf8");

/** What the changelog says of a version. @throws Error when it says nothing */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^(?=## \[)/m);
  const section = sections.find((each) => each.startsWith(`## [${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}]`);
  return `${section.trim()}\n`;
}

/** Whether the changelog has entries that are not yet under a version. */
export function hasUnreleased(changelog) {
  return /^## \[Unreleased\]\s*^(?!## )\S/m.test(changelog);
}

/** @throws Error when the version is that of another commit already */
function refuseReleased(version) {
  const [tagged] = git("tag", "--list", `v${version}`, "--format=%(objectname) %(*objectname)").split("\n");
  const commit = tagged?.trim().split(" ").at(-1);
  if (commit && commit !== git("rev-parse", "HEAD"))
    throw new Error(
      `v${version} is the tag of ${commit} already: raise the version (CONTRIBUTING.md, A release), or check that commit out`,
    );
}

async function release() {
  const { version } = JSON.parse(await text("package.json"));
  refuseReleased(version);
  const changed = git("status", "--porcelain");
  if (changed !== "") throw new Error(`a release is made of a commit, and these are in none:\n${changed}`);
  const changelog = await text("CHANGELOG.md");
  const notes = notesOf(changelog, version);
  const at = new Date(git("log", "-1", "--format=%cI")).toISOString().replace(".000Z", "Z");
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const folder = join(root, "dist", "latchkey");
  await ship(await build(), folder);
  const licences = await readFile(join(folder, "THIRD-PARTY-LICENSES.txt"), "utf8");
  const lock = JSON.parse(await text("package-lock.json"));
  const name = `latchkey-${version}`;
  const files = {
    [`${name}-${process.platform}-${process.arch}.zip`]: await zipped(folder, at),
    ...(await teamsApp(name)),
    [`${name}.cdx.json`]: await validSbom({ version, at, licences, lock }),
    [`${name}-licences.txt`]: licences,
    [`${name}-notes.md`]: notes,
  };
  const sums = [];
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(target, file), content);
    sums.push(`${createHash("sha256").update(content).digest("hex")}  ${file}\n`);
  }
  await writeFile(join(target, "SHA256SUMS"), sums.join(""));
  process.stdout.write(`${target}, of commit ${git("rev-parse", "HEAD")}:\n${sums.join("")}`);
  const unfilled = variablesMissing(process.env);
  if (unfilled.length > 0)
    process.stderr.write(
      `The Teams app is to be filled in: not set: ${unfilled.join(", ")} (docs/configuration.md).\n`,
    );
  if (hasUnreleased(changelog))
    process.stderr.write(
      `CHANGELOG.md has entries under [Unreleased]: they are in these files, so put them under [${version}] before you tag.\n`,
    );
}

/** Filled in and validated where the environment says with what; else to be filled in by the one who installs it. */
async function teamsApp(name) {
  return variablesMissing(process.env).length === 0
    ? { [`${name}-teams-app.zip`]: await appZip(process.env) }
    : { [`${name}-teams-app-to-fill-in.zip`]: await unfilledAppZip() };
}

async function validSbom(of) {
  const made = sbom(of);
  const wrong = await wrongInSbom(made);
  if (wrong.length > 0) throw new Error(`the SBOM does not fit CycloneDX's schema:\n${wrong.join("\n")}`);
  return made;
}

async function zipped(folder, at) {
  const names = (await readdir(folder)).sort();
  const entries = await Promise.all(
    names.map(async (name) => [`latchkey/${name}`, await readFile(join(folder, name))]),
  );
  // A zip tells the time of a place: that of the commit, as if it were made where clocks show UTC.
  return zipSync(Object.fromEntries(entries), { mtime: at.slice(0, 19), level: 9 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await release();
  } catch (error) {
    console.error(`Nothing was released: ${error.message}`);
    process.exitCode = 1;
  }
}
