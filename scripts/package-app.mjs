// `npm run package:app`: writes the Teams app, filled in from the environment, to dist/appPackage, and the zip that Teams
// takes beside it, after Microsoft's validator found nothing wrong with it. The placeholders are those of the Microsoft 365
// Agents Toolkit, which fills them too.
import { readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "appPackage");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;
/** So that the same app is the same bytes. The first day that a zip can tell. */
const ZIP_TIME = new Date("1980-01-01T00:00:00");

/** What follows from the bot's own configuration when it is not given. */
function withDefaults(env) {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const domain = URL.canParse(set.PUBLIC_URL) ? { BOT_DOMAIN: new URL(set.PUBLIC_URL).hostname } : {};
  return { APP_NAME_SUFFIX: "", TEAMS_APP_ID: set.CLIENT_ID, ...domain, ...set };
}

/** The variables of the app that nothing gives a value. */
export function variablesMissing(env) {
  const values = withDefaults(env);
  const template = readFileSync(join(source, "manifest.json"), "utf8");
  const used = new Set([...template.matchAll(PLACEHOLDER)].map(([, name]) => name));
  return [...used].filter((name) => values[name] === undefined).sort();
}

/** The manifest without placeholders. @throws Error naming every variable that is missing */
export function fillManifest(template, env) {
  const values = withDefaults(env);
  const missing = new Set();
  const fill = (_, value) =>
    typeof value !== "string"
      ? value
      : value.replace(PLACEHOLDER, (_whole, name) => {
          if (values[name] === undefined) missing.add(name);
          return values[name] ?? "";
        });
  const manifest = JSON.parse(template, fill);
  if (missing.size > 0) throw new Error(`not set: ${[...missing].sort().join(", ")}`);
  manifest.version = version;
  if (values.APP_ID_URI !== undefined) manifest.webApplicationInfo.resource = values.APP_ID_URI;
  return manifest;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const SHORT_NAME = 30;
const DEVELOPER_NAME = 32;
const ADDRESS = 2048;

/** What is wrong with the values, by the variable that holds each: the schema would name a place in the manifest. */
export function wrongValues(env) {
  const {
    CLIENT_ID,
    TEAMS_APP_ID,
    BOT_DOMAIN,
    DEVELOPER_NAME: developer,
    DEVELOPER_URL,
    ...rest
  } = withDefaults(env);
  const { APP_NAME_SUFFIX, APP_ID_URI } = rest;
  const name = `Latchkey${APP_NAME_SUFFIX}`;
  return [
    ...wrongIf(
      "CLIENT_ID",
      CLIENT_ID,
      (value) => !GUID.test(value),
      "the app registration's client id, a GUID",
    ),
    ...wrongIf(
      "TEAMS_APP_ID",
      TEAMS_APP_ID,
      (value) => value !== CLIENT_ID && !GUID.test(value),
      "a GUID, or nothing for CLIENT_ID",
    ),
    ...wrongIf(
      "BOT_DOMAIN",
      BOT_DOMAIN,
      (value) => !HOST.test(value),
      "a public host name without https:// and path, such as latchkey.example.com",
    ),
    ...wrongIf(
      "DEVELOPER_NAME",
      developer,
      (value) => value.length > DEVELOPER_NAME,
      `at most ${DEVELOPER_NAME} characters`,
    ),
    ...wrongIf(
      "DEVELOPER_URL",
      DEVELOPER_URL,
      (value) => !isHttps(value) || value.length > ADDRESS,
      `an https address of at most ${ADDRESS} characters`,
    ),
    ...wrongIf(
      "APP_NAME_SUFFIX",
      APP_NAME_SUFFIX,
      () => name.length > SHORT_NAME,
      `at most ${SHORT_NAME - "Latchkey".length} characters, since Teams shows a name of ${SHORT_NAME}`,
    ),
    ...wrongIf(
      "APP_ID_URI",
      APP_ID_URI,
      (value) => !URL.canParse(value) || value.length > ADDRESS,
      "the Application ID URI, such as api://botid-<client id>",
    ),
  ];
}

function wrongIf(variable, value, isWrong, expected) {
  if (value === undefined || !isWrong(value)) return [];
  return [`${variable} is ${JSON.stringify(value.slice(0, 80))}: expected ${expected}`];
}

function isHttps(text) {
  if (!URL.canParse(text)) return false;
  const { protocol, username } = new URL(text);
  return protocol === "https:" && username === "";
}

/** What Microsoft's own validator finds, by the place in the manifest. */
async function wrongBySchema(manifest) {
  const { AppManifestUtils } = await import("@microsoft/app-manifest").catch(() => {
    throw new Error("Microsoft's validator is not installed: run `npm ci` with development packages");
  });
  const found = await AppManifestUtils.validateAgainstSchema(manifest);
  return found.map((each) => `the manifest does not fit Teams' schema: ${each}`);
}

/**
 * The three files of the app, checked. @throws Error naming everything that is wrong
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<Readonly<Record<string, Buffer>>>}
 */
async function appFiles(env) {
  const wrong = wrongValues(env);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const manifest = fillManifest(await readFile(join(source, "manifest.json"), "utf8"), env);
  const problems = await wrongBySchema(manifest);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return withIcons(manifest.icons, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

async function withIcons(icons, manifest) {
  const files = { "manifest.json": manifest };
  for (const icon of Object.values(icons)) files[icon] = await readFile(join(source, icon));
  return files;
}

/** The zip of the app, the same bytes for the same values. @throws Error naming everything that is wrong */
export async function appZip(env) {
  const { zipSync } = await import("fflate");
  return zipSync(await appFiles(env), { mtime: ZIP_TIME });
}

/** The zip as it is before that, placeholders in it: for the Microsoft 365 Agents Toolkit, or an editor. */
export async function unfilledAppZip() {
  const { zipSync } = await import("fflate");
  const text = await readFile(join(source, "manifest.json"), "utf8");
  return zipSync(await withIcons(JSON.parse(text).icons, Buffer.from(text)), { mtime: ZIP_TIME });
}

/** Writes the three files and their zip. @throws Error naming everything that is wrong */
async function writePackage(target) {
  const files = await appFiles(process.env);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(target, name), content);
  const zip = join(target, `latchkey-${version}.zip`);
  await writeFile(zip, await appZip(process.env));
  return zip;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await writePackage(join(root, "dist", "appPackage")));
  } catch (error) {
    console.error(`The app package was not written: ${error.message}`);
    process.exitCode = 1;
  }
}
