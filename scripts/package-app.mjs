// `npm run package:app`: writes the Teams app, filled in from the environment, to dist/appPackage. Its three files,
// zipped, are what Teams takes. The placeholders are those of the Microsoft 365 Agents Toolkit, which fills them too.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "appPackage");
const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;

/** What follows from the bot's own configuration when it is not given. */
function withDefaults(env) {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const domain = URL.canParse(set.PUBLIC_URL) ? { BOT_DOMAIN: new URL(set.PUBLIC_URL).hostname } : {};
  return { APP_NAME_SUFFIX: "", TEAMS_APP_ID: set.CLIENT_ID, ...domain, ...set };
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
  if (values.APP_ID_URI !== undefined) manifest.webApplicationInfo.resource = values.APP_ID_URI;
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = join(root, "dist", "appPackage");
  try {
    const manifest = fillManifest(await readFile(join(source, "manifest.json"), "utf8"), process.env);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const icon of Object.values(manifest.icons)) await cp(join(source, icon), join(target, icon));
    console.log(target);
  } catch (error) {
    console.error(`The app package was not written: ${error.message}`);
    process.exitCode = 1;
  }
}
