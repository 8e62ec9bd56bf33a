// Holds an SBOM to CycloneDX's published schema, as CycloneDX's own library ships it: nothing is fetched.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const FORMATS = {
  "date-time": (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
  // Neither is used here. https://www.rfc-editor.org/rfc/rfc3987 has no short form.
  "iri-reference": true,
  "idn-email": true,
};

/**
 * What is wrong with it, by place.
 * @param {string} text
 * @returns {Promise<readonly string[]>}
 */
export async function wrongInSbom(text) {
  const { Ajv } = await import("ajv");
  const folder = join(dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json")), "res/schema");
  const schema = async (name) => {
    const { $id: _published, ...rest } = JSON.parse(await readFile(join(folder, name), "utf8"));
    // By the names of their files they refer to each other.
    return { ...rest, $id: `http://cyclonedx.org/schema/${name}` };
  };
  const bom = JSON.parse(text);
  // The schema has keywords of its own, such as meta:enum.
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  for (const name of ["spdx", "jsf-0.82"]) ajv.addSchema(await schema(`${name}.SNAPSHOT.schema.json`));
  ajv.validate(await schema(`bom-${bom.specVersion}.SNAPSHOT.schema.json`), bom);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
