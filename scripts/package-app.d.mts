import type { CommandList } from "./command-docs.mjs";

/** Of Teams' manifest, what is looked at in code; the rest is checked against its schema. */
export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly name: { readonly short: string };
  readonly icons: { readonly color: string; readonly outline: string };
  readonly bots: readonly [
    {
      readonly botId: string;
      readonly scopes: readonly string[];
      readonly commandLists: readonly CommandList[];
    },
  ];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
}

/** The manifest without placeholders. @throws Error naming every variable that is missing */
export function fillManifest(template: string, env: Readonly<Record<string, string | undefined>>): Manifest;

/** What is wrong with the values, by the variable that holds each. */
export function wrongValues(env: Readonly<Record<string, string | undefined>>): readonly string[];
