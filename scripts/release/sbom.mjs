// What is inside the programs, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json).
import { createHash } from "node:crypto";

/** What THIRD-PARTY-LICENSES.txt says: `name version (licence)` between two lines. */
const PACKAGE = /^-{80}\n(\S+) (\S+) \(([^)]+)\)\n-{80}$/gm;

/**
 * The packages of a bundle, by the text of their licences that lies beside it.
 * @param {string} licences
 * @returns {readonly { name: string; version: string; licence: string }[]}
 */
export function packagesIn(licences) {
  return [...licences.matchAll(PACKAGE)].map(([, name, version, licence]) => ({ name, version, licence }));
}

/**
 * @param {{ version: string; at: string; licences: string; lock: { packages: Record<string, { version?: string; integrity?: string }> } }} of
 * @returns {string} the same for the same: nothing in it is of chance or of the moment
 */
export function sbom({ version, at, licences, lock }) {
  const components = packagesIn(licences).map((each) => component(each, lock));
  const text = JSON.stringify(components);
  const own = { type: "application", name: "latchkey", version, "bom-ref": `pkg:npm/latchkey@${version}` };
  return `${JSON.stringify(
    {
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      serialNumber: `urn:uuid:${guidOf(`${version} ${at} ${text}`)}`,
      version: 1,
      metadata: {
        timestamp: at,
        component: { ...own, licenses: [{ license: { id: "MIT" } }], purl: own["bom-ref"] },
      },
      components,
      dependencies: [{ ref: own["bom-ref"], dependsOn: components.map((each) => each["bom-ref"]) }],
    },
    null,
    2,
  )}\n`;
}

function component({ name, version, licence }, lock) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const hash = integrityOf({ name, version }, lock);
  return {
    type: "library",
    name,
    version,
    "bom-ref": purl,
    purl,
    licenses: [{ license: { id: licence } }],
    ...(hash && { hashes: [hash] }),
  };
}

/** As the lockfile has it: SHA-512 of the package's archive. */
function integrityOf({ name, version }, { packages }) {
  const [, entry] =
    Object.entries(packages).find(
      ([path, each]) => path.endsWith(`node_modules/${name}`) && each.version === version,
    ) ?? [];
  const [, base64] = /^sha512-(.+)$/.exec(entry?.integrity ?? "") ?? [];
  return base64 && { alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") };
}

/** A GUID (version 8, RFC 9562) made of a text. */
function guidOf(text) {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
