/** What is wrong with an SBOM by CycloneDX's published schema, by place. */
export function wrongInSbom(text: string): Promise<readonly string[]>;
