export function packagesIn(
  licences: string,
): readonly { readonly name: string; readonly version: string; readonly licence: string }[];
export function sbom(of: {
  readonly version: string;
  readonly at: string;
  readonly licences: string;
  readonly lock: {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
  };
}): string;
