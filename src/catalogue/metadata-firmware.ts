import type { Aaguid } from "../core/policy/policy.js";
import type { FidoModel } from "./fido-model.js";
import { vendorOf } from "./vendor-of.js";

/** Yubico writes 5.4.2 as 0x050402, and as 50100 what is 5.1. */
const PACKED_FROM_VERSION = 256 ** 2;
const DECIMAL_FROM_VERSION = 100 ** 2;

/** A version of the FIDO metadata as people say it: "5.4.2"; of makers whose way of counting is not known as it stands there. */
export function versionWords(name: string, version: number): string {
  if (vendorOf(name) !== "Yubico" || version < DECIMAL_FROM_VERSION) return String(version);
  const parts =
    version >= PACKED_FROM_VERSION
      ? [version >> 16, (version >> 8) & 0xff, version & 0xff]
      : [Math.floor(version / DECIMAL_FROM_VERSION), Math.floor(version / 100) % 100, version % 100];
  return (parts.at(-1) === 0 ? parts.slice(0, -1) : parts).join(".");
}

/** Firmware of the models that bear one name and are of different versions by the metadata: of others it tells nothing apart. */
export function firmwareInMetadata(models: ReadonlyMap<Aaguid, FidoModel>): ReadonlyMap<Aaguid, string> {
  const byName = new Map<string, (readonly [Aaguid, FidoModel])[]>();
  for (const entry of models) byName.set(entry[1].name, [...(byName.get(entry[1].name) ?? []), entry]);
  const told = [...byName].flatMap(([name, alike]) => {
    const versions = new Set(alike.map(([, { version }]) => version));
    if (versions.size < 2) return [];
    return alike.flatMap(([aaguid, { version }]) =>
      version === undefined ? [] : [[aaguid, versionWords(name, version)] as const],
    );
  });
  return new Map(told);
}
