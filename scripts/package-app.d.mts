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

/** The variables of the app that nothing gives a value. */
export function variablesMissing(env: Readonly<Record<string, string | undefined>>): readonly string[];

/** The zip of the app, the same bytes for the same values. @throws Error naming everything that is wrong */
export function appZip(env: Readonly<Record<string, string | undefined>>): Promise<Uint8Array>;

/** The zip as it is before that, placeholders in it. */
export function unfilledAppZip(): Promise<Uint8Array>;
